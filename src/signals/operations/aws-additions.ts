/**
 * Calls of AWS that the derived table lacks, in its form; from AWS's own references: account discovery
 * (https://docs.aws.amazon.com/accounts/latest/reference/API_Operations.html), default encryption
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableEbsEncryptionByDefault.html), secrets in bulk
 * (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html), Roles Anywhere
 * (https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_Operations.html); and from what published rules take
 * for an attack: https://github.com/SigmaHQ/sigma/tree/master/rules/cloud/aws and
 * https://github.com/elastic/detection-rules/tree/main/rules/integrations/aws. Lines here win.
 */
export const awsAdditions = `
account s/5/T1535/0:EnableRegion,DisableRegion s/40/T1485/0:CloseAccount s/7/T1087.004/0:GetAlternateContact,GetContactInformation,GetPrimaryEmail w/3/T1098/0:PutAlternateContact,PutContactInformation,StartPrimaryEmailUpdate
billingconsole s/7/T1087.004/0:GetAlternateContact,GetContactInformation
bedrock s/5/T1562.001/0:DeleteGuardrail s/5/T1562.008/0:DeleteModelInvocationLoggingConfiguration,PutModelInvocationLoggingConfiguration w/40/T1496.004/6:Converse,ConverseStream
codebuild s/10/T1537/0:UpdateProjectVisibility
config s/5/T1562.001/0:StopConfigurationRecorder,DeleteConfigurationRecorder,DeleteDeliveryChannel,DeleteConfigRule
dynamodb d/7/T1526/0:ListTables s/10/T1537/0:ExportTableToPointInTime
ec2 s/5/T1600/0:DisableEbsEncryptionByDefault,DisableSnapshotBlockPublicAccess s/10/T1537/0:ModifyFpgaImageAttribute,CreateStoreImageTask,CreateTrafficMirrorSession s/4/T1548.005/0:AssociateIamInstanceProfile,ReplaceIamInstanceProfileAssociation d/7/T1580/0:DescribeSnapshotAttribute
ecs s/8/T1651/0:ExecuteCommand
eks s/4/T1098.006/0:AssociateAccessPolicy,CreateAccessEntry,UpdateAccessEntry
glue s/6/T1552/0:GetConnection,GetConnections
guardduty s/5/T1562.001/0:UpdateDetector,CreateFilter,StopMonitoringMembers,DisassociateFromMasterAccount,DisassociateFromAdministratorAccount,DisassociateMembers
iam s/3/T1098.001/0:UploadSSHPublicKey,UploadSigningCertificate,CreateServiceSpecificCredential s/5/T1556.006/0:DeactivateMFADevice,DeleteVirtualMFADevice
kms s/40/T1485/0:DisableKey,ScheduleKeyDeletion s/3/T1098/0:PutKeyPolicy,CreateGrant
lambda s/3/T1098/1:AddPermission,AddLayerVersionPermission,CreateFunctionUrlConfig
organizations s/7/T1087.004/1:DescribeAccount d/7/T1087.004/1:ListAccounts,DescribeOrganization s/5/T1562/1:LeaveOrganization,DetachPolicy,DisablePolicyType
rds s/10/T1537/2:ModifyDBClusterSnapshotAttribute,StartExportTask
route53domains s/40/T1531/0:TransferDomainToAnotherAwsAccount s/5/T1562/0:DisableDomainTransferLock
rolesanywhere s/3/T1098.001/0:CreateTrustAnchor w/3/T1098/0:CreateProfile
s3 s/10/T1537/0:PutBucketPolicy,PutBucketAcl,PutObjectAcl s/5/T1562/0:DeletePublicAccessBlock,DeleteAccountPublicAccessBlock,PutAccountPublicAccessBlock,PutBucketPublicAccessBlock s/40/T1485/2:DeleteBucket
secretsmanager s/6/T1555.006/4:GetSecretValue,BatchGetSecretValue s/3/T1098/0:PutResourcePolicy
signin s/8/T1550.001/2:GetSigninToken
ssm o/6/T1555.006/0:GetParameter,GetParameters,GetParametersByPath,GetParameterHistory s/10/T1537/0:ModifyDocumentPermission s/8/T1651/2:SendCommand,StartSession
ssm-guiconnect s/8/T1021/0:StartConnection
sso-directory s/4/T1484.002/0:AssociateDirectory,DisassociateDirectory,EnableExternalIdPConfigurationForDirectory,DisableExternalIdPConfigurationForDirectory
sts s/3/T1550.001/5:GetFederationToken s/4/T1548.005/0:AssumeRoot
support w/3/T1098/0:CreateCase
waf s/5/T1562.007/0:DeleteWebACL,DeleteRuleGroup
`
