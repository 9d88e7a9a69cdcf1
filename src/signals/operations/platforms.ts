/**
 * Audit events of Google Cloud, Azure and Snowflake, and statements of databases. From:
 * Google Cloud https://docs.cloud.google.com/iam/docs/audit-logging and https://docs.cloud.google.com/logging/docs/audit/services
 * and https://github.com/SigmaHQ/sigma/tree/master/rules/cloud/gcp
 * Azure https://learn.microsoft.com/en-us/azure/role-based-access-control/resource-provider-operations
 * Snowflake https://docs.snowflake.com/en/sql-reference/account-usage/query_history
 * Form of a line: class/tactics/techniques/incidents:operations (see fact.ts).
 */
export const platformOperations = `
s/3/T1098.001/0:google.iam.admin.v1.createserviceaccountkey,createserviceaccountkey,uploadserviceaccountkey,enableserviceaccountkey,google.api.apikeys.v2.apikeys.createkey,google.api.apikeys.v2.apikeys.getkeystring,storage.hmackeys.create,v1.compute.projects.setcommoninstancemetadata,compute.projects.setcommoninstancemetadata,compute.instances.setmetadata,importsshpublickey
s/4/T1098.003/0:setiampolicy,google.iam.admin.v1.setiampolicy,storage.setiampermissions,google.iam.admin.v1.createrole,google.iam.admin.v1.updaterole,insertprojectownershipinvite,google.cloud.resourcemanager.v3.projects.setiampolicy,compute.instances.setserviceaccount,createworkforcepool,updateworkforcepool,createworkforcepoolprovider,updateworkforcepoolprovider,createworkloadidentitypool,createworkloadidentitypoolprovider,updateworkloadidentitypoolprovider
s/6/T1550.001/0:generateaccesstoken,generateidtoken,signjwt,signblob,google.iam.credentials.v1.generateaccesstoken
s/6/T1555.006/0:accesssecretversion,google.cloud.secretmanager.v1.secretmanagerservice.accesssecretversion
s/3/T1136.003/0:google.iam.admin.v1.createserviceaccount,createserviceaccount
s/4/T1578/0:compute.instances.insert,deploymentmanager.deployments.insert,cloudfunctions.functions.create,google.cloud.functions.v2.functionservice.createfunction,google.cloud.run.v1.services.createservice,cloudscheduler.jobs.create,google.cloud.scheduler.v1.cloudscheduler.createjob
s/5/T1562.008/0:google.logging.v2.configservicev2.deletesink,google.logging.v2.configservicev2.updatesink,google.logging.v2.configservicev2.deletebucket,google.logging.v2.configservicev2.updatebucket,google.logging.v2.configservicev2.createexclusion,google.logging.v2.loggingservicev2.deletelog,google.monitoring.v3.alertpolicyservice.deletealertpolicy,accesscontextmanager.serviceperimeters.delete
s/7/T1580/0:getiampolicy,testiampermissions,queryauditableservices,listtagkeys,listtagvalues,listtagbindings,listeffectivetags,searchalliampolicies,analyzeiampolicy
s/5/T1562.007/0:compute.firewalls.insert,compute.firewalls.patch,compute.firewalls.update,compute.firewalls.delete,google.identity.accesscontextmanager.v1.accesscontextmanager.updateserviceperimeter,google.identity.accesscontextmanager.v1.accesscontextmanager.deleteserviceperimeter
s/5/T1666/0:google.cloud.resourcemanager.v3.projects.moveproject
s/6/T1040/0:compute.packetmirrorings.insert,compute.packetmirrorings.patch
s/3/T1098/0:enableserviceaccount,undeleteserviceaccount
s/3/T1136/0:cloudsql.users.create,cloudsql.users.insert,cloudsql.users.update
s/10/T1537/0:storage.buckets.setiampermissions,compute.disks.setiampolicy,compute.images.setiampolicy,compute.snapshots.setiampolicy,bigquery.datasets.setiampolicy,jobservice.insert.extract
s/40/T1485/0:storage.buckets.delete,storage.objects.delete,cloudsql.instances.delete,destroycryptokeyversion,cloudresourcemanager.projects.delete
o/9/T1530/0:storage.objects.get,storage.objects.list,bigquery.jobs.query,getblob,getfile,blob.read
w/40/T1496.004/0:generatecontent,streamgeneratecontent
d/7/T1580/0:storage.buckets.list,compute.instances.list,compute.instances.aggregatedlist,cloudresourcemanager.projects.list
s/4/T1098.003/0:microsoft.authorization/roleassignments/write,microsoft.authorization/roledefinitions/write,microsoft.authorization/elevateaccess/action,microsoft.managedidentity/userassignedidentities/assign/action
s/6/T1552.001/0:microsoft.storage/storageaccounts/listkeys/action,microsoft.storage/storageaccounts/listaccountsas/action,microsoft.storage/storageaccounts/regeneratekey/action,microsoft.documentdb/databaseaccounts/listkeys/action,microsoft.keyvault/vaults/accesspolicies/write,microsoft.keyvault/vaults/write,microsoft.containerservice/managedclusters/listclusteradmincredential/action,microsoft.web/sites/publishxml/action,microsoft.automation/automationaccounts/listkeys/action,microsoft.cognitiveservices/accounts/listkeys/action
s/2/T1651/0:microsoft.compute/virtualmachines/runcommand/action,microsoft.compute/virtualmachines/extensions/write,microsoft.automation/automationaccounts/runbooks/write,microsoft.automation/automationaccounts/webhooks/write,microsoft.containerservice/managedclusters/runcommand/action
s/10/T1537/0:microsoft.compute/disks/begingetaccess/action,microsoft.compute/snapshots/begingetaccess/action,microsoft.compute/snapshots/write,microsoft.sql/servers/databases/export/action
s/5/T1562.008/0:microsoft.insights/diagnosticsettings/delete,microsoft.eventhub/namespaces/delete,microsoft.eventhub/namespaces/eventhubs/delete,microsoft.network/networkwatchers/flowlogs/delete,microsoft.network/networksecuritygroups/write,microsoft.network/azurefirewalls/delete,microsoft.security/pricings/write,microsoft.operationalinsights/workspaces/delete,microsoft.sql/servers/firewallrules/write,microsoft.network/networksecuritygroups/securityrules/write,microsoft.authorization/locks/delete
s/40/T1490/0:microsoft.recoveryservices/vaults/delete,microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems/delete,microsoft.compute/snapshots/delete,microsoft.compute/restorepointcollections/delete,microsoft.resources/subscriptions/resourcegroups/delete,microsoft.keyvault/vaults/delete
s/4/T1098.003/0:grant,grant_role,grant_ownership,grant_privileges,create_role,alter_role
s/3/T1136/0:create_user,alter_user,create user,alter user,create role,alter role,create_integration,alter_account,alter_network_policy,drop_network_policy
s/10/T1567/0:unload,copy_into_location,get_files,create_share,alter_share,create_stage,create_external_stage,copy to program
w//T1530/0:insert,update,merge,create_table,create_table_as_select,alter_table,copy
o/9/T1530/0:select,copy to
d/7/T1087/0:show,describe,desc,show databases,show tables,show grants
s/40/T1485/0:drop_database,drop_schema,drop_table,truncate_table,drop database,flushall,flushdb
s/4/T1059/0:config set,slaveof,replicaof,module load,eval,xp_cmdshell
d/7/T1082/0:info,config get,client list,keys,scan,dbsize
`
