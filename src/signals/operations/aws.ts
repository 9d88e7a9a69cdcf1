/**
 * What calls of AWS are good for in an attack: one line a service, in it groups of
 * `class/tactics/techniques/incidents:operations` (class s sensitive, w write, i identity, d discovery, o other; tactics
 * without "TA00"; incidents that published reports name).
 * Derived from TrailDiscover by Adan Alvarez (https://github.com/adanalvarez/TrailDiscover, commit f96cbdb, CC-BY-4.0),
 * changed: techniques reduced to the most exact, classes added; and from PrimeHarbor's sensitive IAM actions
 * (https://github.com/primeharbor/sensitive_iam_actions, commit 2678579, CC0-1.0). Everyday calls of applications and
 * deployments (GetObject, RunInstances, UpdateFunctionCode, …) are writes here: what they asked for decides.
 */
export const awsOperations = `
acm-pca d/7/T1040/0:GetCertificate,IssueCertificate s/3/T1098/0:CreatePermission,PutPolicy
agreement-marketplace s/3/T1098/1:AcceptAgreementRequest d/7/T1580/1:SearchAgreements
aoss d/7/T1069/1:ListAccessPolicies d/7/T1580/1:ListCollections
apigateway s/3/T1136.003/1:CreateApi,CreateIntegration,CreateRoute,CreateStage s/3/T1098/0:UpdateRestApiPolicy
appsync s/5,3/T1578,T1556/0:CreateApiKey,UpdateGraphqlApi,UpdateResolver d/7/T1526/0:GetIntrospectionSchema
athena d/7/T1580/1:GetQueryResults
autoscaling s/40/T1496/1:CreateAutoScalingGroup
backup s/3/T1098/0:PutBackupVaultAccessPolicy
bedrock s/40/T1496/3:CreateFoundationModelAgreement d/7/T1580/3:GetFoundationModelAvailability,GetModelInvocationLoggingConfiguration,ListFoundationModels d/7/T1580/1:GetKnowledgeBase,ListAgents,ListCustomModels,ListFoundationModelAgreementOffers,ListInferenceProfiles,ListKnowledgeBases,ListModelInvocationJobs d/7/T1580/2:GetUseCaseForModelAccess,ListProvisionedModelThroughputs w/7,40/T1580,T1496/6:InvokeModel w/40/T1496/3:InvokeModelWithResponseStream s/40/T1496/2:PutFoundationModelEntitlement s/40/T1496/4:PutUseCaseForModelAccess
ce d/7/T1526/2:GetCostAndUsage d/7/T1526/1:GetCostForecast
chatbot s/6/T1552/0:GetMicrosoftTeamsOauthParameters,GetSlackOauthParameters
chime s/6/T1552/0:CreateApiKey s/3/T1098/0:PutVoiceConnectorTerminationCredentials
cloud9 s/6/T1552/0:CreateEnvironmentSSH,CreateEnvironmentToken
cloudformation w/40/T1496/1:CreateStack s/3/T1098/0:SetStackPolicy
cloudfront o/9/T1119/0:CreateFunction,PublishFunction,UpdateDistribution
cloudsearch s/3/T1098/0:UpdateServiceAccessPolicies
cloudshell o/2/T1059.009/1:CreateSession
cloudtrail s/5/T1562.001,T1562.008/3:DeleteTrail d/7/T1654/1:LookupEvents s/5/T1562.001/1:PutEventSelectors,UpdateTrail s/5/T1562.001,T1562.008/2:StopLogging
codebuild s/3/T1098/0:ImportSourceCredentials,PutResourcePolicy
codeguru-profiler s/3/T1098/0:PutPermission
codestar s/4/T1098/0:AssociateTeamMember,CreateProject s/3/T1098/0:UpdateTeamMember
cognito-identity o/4/T1078.004,T1078.001,T1078.003,T1078.002/0:GetCredentialsForIdentity o/4/T1078.004,T1078.002,T1078.001/0:GetId s/6/T1552/0:GetOpenIdTokenForDeveloperIdentity s/3/T1098/0:CreateIdentityPool,MergeDeveloperIdentities,SetIdentityPoolRoles,UnlinkDeveloperIdentity,UnlinkIdentity,UpdateIdentityPool
cognito-idp s/6/T1552/0:GetUserAttributeVerificationCode
config s/5/T1562.001/0:DeleteConfigRule,DeleteConfigurationRecorder,DeleteDeliveryChannel,StopConfigurationRecorder
connect s/6/T1552/0:GetFederationToken
deeplens s/3/T1098/0:AssociateServiceRoleToAccount
discovery-marketplace d/7/T1580/1:GetListingView
ds s/3/T1098/0:CreateConditionalForwarder,CreateDirectory,CreateMicrosoftAD,CreateTrust,ShareDirectory
ec2 w/8/T1021.007/2:AttachVolume w/10/T1048/1:AuthorizeSecurityGroupEgress w/3,8/T1098,T1021.004,T1021.007/11:AuthorizeSecurityGroupIngress w/3,40/T1098,T1496/1:CreateDefaultVpc,StartInstances w/10/T1537/1:CreateImage s/9,10/T1005,T1537/0:CreateInstanceExportTask s/3/T1098.001/4:CreateKeyPair w/40,2/T1496/1:CreateLaunchTemplate w/3/T1098,T1133/1:CreateNetworkAclEntry w/9/T1074/0:CreateRoute w/3,8/T1098,T1021.001,T1021.004/9:CreateSecurityGroup w/8,10/T1537,T1021/3:CreateSnapshot o/9/T1074.002/0:CreateTrafficMirrorFilter o/9/T1074/0:CreateTrafficMirrorFilterRule,CreateTrafficMirrorSession,CreateTrafficMirrorTarget w/8/T1021.007/1:CreateVolume s/5/T1562.008/1:DeleteFlowLogs w/5/T1562.007/0:DeleteNetworkAcl w/5/T1562.001,T1562.004/0:DeleteNetworkAclEntry w/40/T1485/1:DeleteSnapshot,DeleteVolume d/7/T1580/1:DescribeAccountAttributes,DescribeBundleTasks,DescribeCarrierGateways,DescribeClientVpnRoutes,DescribeDhcpOptions,DescribeFlowLogs,DescribeHosts,DescribeImages,DescribeInstanceAttribute,DescribeInstanceStatus,DescribeInternetGateways,DescribeKeyPairs,DescribeLaunchTemplates,DescribeNetworkInterfaces,DescribeRegions,DescribeRouteTables,DescribeSnapshotAttribute,DescribeSnapshotTierStatus,DescribeSnapshots,DescribeSubnets,DescribeTags,DescribeTransitGatewayMulticastDomains,DescribeVolumeStatus,DescribeVolumesModifications,DescribeVpcEndpointConnectionNotifications,GetConsoleScreenshot,GetEbsDefaultKmsKeyId,GetEbsEncryptionByDefault,GetFlowLogsIntegrationTemplate,GetLaunchTemplateData,GetTransitGatewayRouteTableAssociations d/7/T1580/2:DescribeAvailabilityZones,DescribeInstanceTypes,DescribeInstances,DescribeSecurityGroups,DescribeVolumes,DescribeVpcs s/8/T1021.008/1:EnableSerialConsoleAccess s/6/T1555/4:GetPasswordData s/3/T1098.001/3:ImportKeyPair s/10/T1537/0:ModifyImageAttribute w/4/T1098/1:ModifyInstanceAttribute s/10/T1537/1:ModifySnapshotAttribute s/4/T1098.003/1:ReplaceIamInstanceProfileAssociation w/3,40,8/T1098,T1496,T1021/17:RunInstances s/10/T1537/2:SharedSnapshotCopyInitiated s/10/T1537/3:SharedSnapshotVolumeCreated w/40,5/T1499,T1578.003/1:StopInstances w/40,5/T1485,T1070.004/5:TerminateInstances s/3/T1098/0:CreateNetworkInterfacePermission,DisableImageBlockPublicAccess,ModifyVpcEndpointServicePermissions,ResetSnapshotAttribute
ec2-instance-connect s/8/T1021.004/3:SendSSHPublicKey,SendSerialConsoleSSHPublicKey
ecr o/9,10/T1530/1:BatchGetImage d/7/T1526/1:DescribeImages,DescribeRepositories o/6/T1528/1:GetAuthorizationToken s/3/T1098/0:SetRepositoryPolicy
ecs w/40/T1496/3:CreateCluster w/40/T1496/2:CreateService,RegisterTaskDefinition
eks s/4/T1098/0:AssociateAccessPolicy,CreateAccessEntry d/7/T1580/0:DescribeAccessEntry,ListAssociatedAccessPolicies d/7/T1580/1:DescribeCluster,ListClusters
elasticfilesystem s/40/T1485/0:DeleteFileSystem,DeleteMountTarget s/3/T1098/0:PutFileSystemPolicy
elasticloadbalancing s/5/T1578/0:CreateRule d/7/T1526/0:DescribeListeners d/7/T1526/1:DescribeLoadBalancers
elasticmapreduce s/3/T1098/0:PutBlockPublicAccessConfiguration
es w///0:CreateElasticsearchDomain,UpdateElasticsearchDomainConfig
events s/40,5/T1489,T1578/0:DeleteRule,DisableRule,RemoveTargets d/7/T1526/0:ListRules,ListTargetsByRule s/40,5,3/T1489,T1578,T1546/1:PutRule s/3/T1546/1:PutTargets
gamelift s/6/T1552/0:GetComputeAuthToken,GetGameSessionLogUrl,GetInstanceAccess,RequestUploadCredentials
glacier d/7/T1619/2:ListVaults s/3/T1098/0:AbortVaultLock,CompleteVaultLock,InitiateVaultLock,SetDataRetrievalPolicy,SetVaultAccessPolicy
glue s/4/T1098/0:CreateDevEndpoint,CreateJob,UpdateDevEndpoint,UpdateJob s/3/T1098/0:PutResourcePolicy
greengrass s/3/T1098/0:AssociateServiceRoleToAccount
guardduty s/5/T1562.001/0:CreateFilter,CreateIPSet,DeleteMembers,DeletePublishingDestination,DisassociateMembers,UpdateDetector,UpdateIPSet s/5/T1562.001/1:DeleteDetector,DisassociateFromMasterAccount s/5/T1562.001,T1562.006/1:DeleteInvitations d/7/T1526/1:GetDetector,GetFindings,ListDetectors,ListFindings d/7/T1526/0:ListIPSets s/5/T1562.001,T1562.008/0:StopMonitoringMembers
health d/7/T1526/1:DescribeEventAggregates,DescribeEvents s/3/T1098/0:DisableHealthServiceAccessForOrganization,EnableHealthServiceAccessForOrganization
iam s/4/T1098.001/0:AddRoleToInstanceProfile s/4/T1098/0:AddUserToGroup,DeleteRolePermissionsBoundary,DeleteRolePolicy,DeleteUserPermissionsBoundary,PutGroupPolicy,PutRolePermissionsBoundary,PutRolePolicy,PutUserPermissionsBoundary,SetDefaultPolicyVersion,CreateVirtualMFADevice,EnableMFADevice,ResyncMFADevice s/4/T1098.003/1:AttachGroupPolicy s/4/T1098/4:AttachRolePolicy s/3,4/T1098.003/11:AttachUserPolicy s/3,4/T1136,T1078.004/0:ChangePassword s/3,4/T1078.004,T1136.003/12:CreateAccessKey s/4/T1098.003/0:CreateGroup,CreatePolicyVersion s/3,4/T1078.004,T1078.001,T1098.001/12:CreateLoginProfile s/3/T1136.003/1:CreateOpenIDConnectProvider,CreateSAMLProvider s/4/T1098.003/2:CreatePolicy s/3/T1136.003/5:CreateRole o/3/T1098/1:CreateServiceLinkedRole s/3/T1136.001,T1136.003/24:CreateUser s/5/T1562.001/0:DeactivateMFADevice s/5/T1578,T1070/2:DeleteAccessKey s/5/T1578,T1070/1:DeleteLoginProfile s/5/T1578,T1070/3:DeleteUser s/5,4/T1578,T1098/2:DeleteUserPolicy s/5,4/T1578,T1098/1:DetachRolePolicy,DetachUserPolicy d/7/T1087.004/0:GetAccountAuthorizationDetails d/7/T1087.004/1:GetLoginProfile,ListAccessKeys,ListAccountAliases,ListAttachedUserPolicies,ListGroups,ListGroupsForUser,ListInstanceProfiles i/7/T1087.004/4:GetUser d/7/T1087.004/2:ListAttachedRolePolicies d/7/T1087/1:ListOpenIDConnectProviders,ListSAMLProviders,ListServiceSpecificCredentials,ListSigningCertificates,ListUserPolicies d/7/T1087/2:ListRolePolicies,ListRoles,ListSSHPublicKeys,SimulatePrincipalPolicy d/7/T1087.004/8:ListUsers s/3,4/T1098.003/3:PutUserPolicy s/3/T1098/0:UpdateAccessKey,AddClientIDToOpenIDConnectProvider,CreateAccountAlias,CreateInstanceProfile,SetSecurityTokenServicePreferences,UpdateAccountPasswordPolicy,UpdateGroup,UpdateOpenIDConnectProviderThumbprint,UpdateRole,UpdateRoleDescription,UpdateServerCertificate,UpdateServiceSpecificCredential,UpdateSigningCertificate,UpdateSSHPublicKey,UpdateUser,UploadServerCertificate,UploadSigningCertificate,UploadSSHPublicKey s/3,4/T1098/0:UpdateAssumeRolePolicy,UpdateSAMLProvider s/3,4/T1098/3:UpdateLoginProfile s/6/T1552/0:CreateServiceSpecificCredential,ResetServiceSpecificCredential w///0:PassRole
imagebuilder s/3/T1098/0:PutComponentPolicy,PutImagePolicy,PutImageRecipePolicy
iot s/3/T1098/0:AttachPolicy,AttachPrincipalPolicy,SetDefaultAuthorizer,SetDefaultPolicyVersion
iotsitewise s/3/T1098/0:CreateAccessPolicy,UpdateAccessPolicy
kms s/40/T1486/0:CreateKey,PutKeyPolicy d/7/T1526/0:DescribeKey s/40/T1486/1:Encrypt,GenerateDataKeyWithoutPlaintext s/40/T1485/0:ScheduleKeyDeletion s/4/T1098/0:CreateGrant
lakeformation s/3/T1098/0:BatchGrantPermissions,BatchRevokePermissions,GrantPermissions,PutDataLakeSettings
lambda s/3,4/T1098/1:AddPermission w/4/T1098/0:CreateEventSourceMapping,UpdateEventSourceMapping w/3,4,40/T1098,T1496/5:CreateFunction s/3,1/T1098,T1133/1:CreateFunctionUrlConfig o/7,9/T1526/1:GetFunction s/7,6/T1526/1:GetFunctionConfiguration o/40,4/T1496/3:Invoke d/7/T1526/1:ListFunctions w/3,40,9/T1098,T1496,T1119/1:UpdateFunctionCode w/3/T1098/1:UpdateFunctionConfiguration s/3/T1098/0:AddLayerVersionPermission,DisableReplication,EnableReplication
license-manager s/3/T1098/0:UpdateServiceSettings
lightsail s/5,40/T1496,T1578.002/1:CreateInstances d/7/T1580/0:GetInstances,GetRegions s/6/T1552/0:DownloadDefaultKeyPair,GetBucketAccessKeys,GetKeyPair,GetKeyPairs,GetRelationalDatabaseMasterUserPassword
logs w/5/T1562.001/1:CreateLogStream s/5/T1562.001/0:DeleteLogGroup,DeleteLogStream d/7/T1580/1:DescribeLogGroups,DescribeLogStreams,DescribeSubscriptionFilters,GetLogRecord w/5/T1562.008/1:PutLogEvents s/3/T1098/0:PutResourcePolicy
mediapackage s/6/T1552/0:RotateChannelCredentials,RotateIngestEndpointCredentials
mediastore s/3/T1098/0:PutContainerPolicy
monitoring s/5/T1562.001,T1562.006/0:DeleteAlarms d/7/T1526/1:DescribeAlarms,DescribeAlarmsForMetric
opsworks s/3/T1098/0:SetPermission,UpdateUserProfile
organizations s/5/T1535/1:CreateAccount,InviteAccountToOrganization d/7/T1526/1:DescribeOrganization,ListAccounts,ListOrganizationalUnitsForParent s/5/T1070/1:LeaveOrganization
quicksight s/3/T1098/0:CreateAdmin,CreateGroup,CreateGroupMembership,CreateIAMPolicyAssignment,CreateUser,RegisterUser,UpdateDashboardPermissions,UpdateGroup,UpdateIAMPolicyAssignment,UpdateTemplatePermissions,UpdateUser
ram s/3/T1098/0:AcceptResourceShareInvitation,AssociateResourceShare,CreateResourceShare,EnableSharingWithAwsOrganization,UpdateResourceShare
rds s/5/T1578/0:AuthorizeDBSecurityGroupIngress s/10/T1537/0:CreateDBSecurityGroup w/10/T1537/3:CreateDBSnapshot w/40/T1485/1:DeleteDBCluster,DeleteDBInstance s/40/T1485/0:DeleteGlobalCluster d/7/T1580/1:DescribeBlueGreenDeployments,DescribeDBClusters,DescribeDBEngineVersions,DescribeDBProxies,DescribeDBSnapshots,DescribeDBSubnetGroups,DescribeExportTasks,DescribeGlobalClusters,DescribeOrderableDBInstanceOptions,DescribePendingMaintenanceActions,DescribeValidDBInstanceModifications d/7/T1580/2:DescribeDBInstances s/5/T1578/1:ModifyActivityStream w/6,8/T1556,T1550/3:ModifyDBInstance s/10/T1537/2:ModifyDBSnapshotAttribute w/10/T1537/1:StartExportTask
redshift s/6/T1552/0:GetClusterCredentials s/3/T1098/0:AuthorizeSnapshotAccess,CreateClusterUser,CreateSnapshotCopyGrant,JoinGroup,ModifyClusterIamRoles
resource-explorer-2 d/7/T1087/1:Search
route53 s/40/T1496/1:ChangeResourceRecordSets,CreateHostedZone d/7/T1580/1:GetHostedZoneCount
route53domains d/7/T1580/1:ListDomains s/40/T1496/1:RegisterDomain
route53resolver s/3/T1098/0:PutResolverRulePolicy
s3 s/40/T1485/1:DeleteBucket s/5/T1578/0:DeleteBucketPolicy w/40/T1485/7:DeleteObject d/7/T1526/1:GetBucketAccelerateConfiguration,GetBucketLifecycle,GetBucketOwnershipControls,GetBucketRequestPayment,GetBucketTagging,GetObjectLockConfiguration d/7/T1526/2:GetBucketAcl,GetBucketLocation,GetBucketPolicy d/7/T1526/3:GetBucketLogging,GetBucketReplication,GetBucketVersioning,GetPublicAccessBlock o/10/T1048/16:GetObject o/7/T1619/1:HeadObject s/10/T1537/0:JobCreated d/7/T1526/13:ListBuckets d/7/T1619/4:ListObjects s/10/T1048/0:PutBucketAcl,PutBucketPolicy w/40/T1486/0:PutBucketEncryption w/40/T1485/2:PutBucketLifecycle w/10/T1537/0:PutBucketReplication w/40,10/T1490,T1537/1:PutBucketVersioning w/40/T1565.001/3:PutObject s/3/T1098/0:BypassGovernanceRetention,ObjectOwnerOverrideToBucketOwner,PutAccessPointPolicy,PutAccountPublicAccessBlock,PutBucketPublicAccessBlock,PutObjectAcl,PutObjectVersionAcl
sagemaker d/7/T1580/1:ListEndpoints,ListModels,ListTrainingJobs
secretsmanager s/6/T1555.006/1:DescribeSecret s/6/T1555.006/4:GetSecretValue d/6/T1555/5:ListSecrets s/3/T1098/0:PutResourcePolicy,ValidateResourcePolicy
securityhub s/5/T1562/0:DeleteMembers
servicecatalog s/3/T1098/0:CreatePortfolioShare
servicecatalog-appregistry d/7/T1526/1:ListApplications
servicequotas d/7/T1580/1:GetServiceQuota d/7/T1087/2:ListServiceQuotas s/40/T1496/2:RequestServiceQuotaIncrease
ses s/40/T1496/2:CreateEmailIdentity,UpdateAccountSendingEnabled s/5/T1578,T1070/1:DeleteIdentity d/7/T1087.004/7:GetAccount d/7/T1087/1:GetAccountSendingEnabled,ListEmailIdentities d/7/T1526/1:GetIdentityVerificationAttributes d/7/T1580/9:GetSendQuota d/7/T1087/8:ListIdentities s/5/T1578.005/1:PutAccountDetails w/9,11/T1567,T1496.004/1:SendEmail s/40/T1496/1:VerifyEmailIdentity
signin o/1/T1078.004/10:ConsoleLogin o/1/T1078.004/2:GetSigninToken o/1/T1078/2:PasswordRecoveryRequested o/8/T1021/1:SwitchRole
snowball s/6/T1552/0:GetJobUnlockCode
sns d/7/T1580/3:GetSMSAttributes d/7/T1580/1:GetSMSSandboxAccountStatus d/7/T1580/0:ListOriginationNumbers,ListSubscriptions,ListTopics w/40/T1496/2:Publish s/3/T1098/0:AddPermission w///0:CreateTopic,SetTopicAttributes
sqs s/40/T1485/1:PurgeQueue s/3/T1098/0:AddPermission w///0:CreateQueue,SetQueueAttributes
ssm d/7/T1580/1:DescribeInstanceInformation s/7,6/T1526,T1552/0:GetParameters w/8,2/T1021,T1651/0:ResumeSession s/8,2/T1021,T1651/2:SendCommand w/8,2/T1021,T1651/1:StartSession s/3/T1098/0:ModifyDocumentPermission
sso s/3/T1098/1:CreateAccountAssignment,UpdateSsoConfiguration s/3/T1136/1:StartSSO s/3/T1098/0:AssociateDirectory,AssociateProfile,CreateApplicationInstance,CreateApplicationInstanceCertificate,CreatePermissionSet,CreateProfile,CreateTrust,ImportApplicationInstanceServiceProviderMetadata,PutPermissionsPolicy,UpdateApplicationInstanceActiveCertificate,UpdateApplicationInstanceDisplayData,UpdateApplicationInstanceResponseConfiguration,UpdateApplicationInstanceResponseSchemaConfiguration,UpdateApplicationInstanceSecurityConfiguration,UpdateApplicationInstanceServiceProviderConfiguration,UpdateApplicationInstanceStatus,UpdateDirectoryAssociation,UpdatePermissionSet,UpdateProfile,UpdateSSOConfiguration,UpdateTrust
sso-directory s/3/T1098.001/1:AddMemberToGroup,CreateUser s/3/T1098.003/1:CreateGroup s/3/T1098/0:CreateAlias,DisableUser,EnableUser,UpdateGroup,UpdatePassword,UpdateUser,VerifyEmail
storagegateway s/3/T1098/0:SetLocalConsolePassword,SetSMBGuestPassword,UpdateChapCredentials
sts o/1,3,4/T1199,T1078.004/4:AssumeRole o/1/T1199/0:AssumeRoleWithSAML o/1,8/T1199,T1550/0:AssumeRoleWithWebIdentity i/7/T1087.004/10:GetCallerIdentity s/3/T1078/5:GetFederationToken o/1/T1199/1:GetSessionToken
support s/5/T1578.005/1:CreateCase
transfer s/10/T1537/1:CreateServer,CreateUser
waf s/3/T1098/0:PutPermissionPolicy
waf-regional s/3/T1098/0:PutPermissionPolicy
wafv2 s/5/T1562.007/0:DeleteRuleGroup,DeleteWebACL,UpdateIPSet w///0:CreateWebACL,UpdateWebACL s/3/T1098/0:PutPermissionPolicy
worklink s/3/T1098/0:UpdateDevicePolicyConfiguration
workmail s/3/T1098/0:ResetPassword,ResetUserPassword
xray s/3/T1098/0:PutEncryptionConfig
`
