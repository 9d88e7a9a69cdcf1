/**
 * Audit events of identity providers and secret stores, and sign-ins to machines and databases. From:
 * Okta https://developer.okta.com/docs/reference/api/event-types/
 * Auth0 https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes
 * 1Password https://support.1password.com/events-api-reference/
 * Vault https://developer.hashicorp.com/vault/docs/audit, its interface as https://github.com/openbao/openbao/tree/main/website/content/docs/api has it
 * Azure Key Vault https://learn.microsoft.com/en-us/azure/key-vault/general/logging: of keys and certificates only the public part is read
 * Duo https://duo.com/docs/adminapi#administrator-log
 * Form of a line: class/tactics/techniques/incidents:operations (see fact.ts).
 */
export const identityOperations = `
o/1/T1078/0:user.session.start,user.authentication.sso,user.authentication.auth_via_mfa,user.session.end,user.session.access_admin_app,sign-in activity,ssh:login,login,logon,userloggedin,user.login
s/3/T1098.001/0:system.api_token.create,app.oauth2.client.lifecycle.create,app.oauth2.client_secret.create,app.oauth2.credentials.lifecycle.create
s/4/T1098.003/0:user.account.privilege.grant,group.privilege.grant,group.user_membership.add,iam.role.create,iam.resourceset.create,role_change_to_admin
s/3/T1136.003/0:user.lifecycle.create
s/3/T1556/0:system.idp.lifecycle.create,system.idp.lifecycle.update,system.agent.ad.agent_instance_added,system.agent.ad.config_change_detected,system.agent.ad.create
s/5/T1556.006/0:user.mfa.factor.deactivate,user.mfa.factor.reset_all,user.mfa.factor.update,system.mfa.factor.deactivate,bypass_create,factor_remove
s/5/T1562.001/0:policy.lifecycle.deactivate,policy.lifecycle.delete,policy.lifecycle.update,policy.rule.deactivate,policy.rule.delete,policy.rule.update,zone.update,zone.delete,zone.deactivate,system.log_stream.lifecycle.deactivate,system.log_stream.lifecycle.delete,security.threat.configuration.update,update policy
s/1/T1078/0:user.session.impersonation.initiate,user.session.impersonation.grant,user.account.reset_password,user.account.update_password,user.account.unlock,login_as,loginas
s/6/T1555.006/0:integration_skey_view,secretget,secretbackup,keybackup,certificatebackup,security_credentials_read,getsecret,reveal
s/1/T1110/0:security.threat.detected,user.account.report_suspicious_activity_by_enduser,policy.evaluate_sign_on.risk,security.attack.start,limit_wc,pwd_leak,limit_mu,fcoa,limit_sul
s/3/T1098/0:integration_create,admin_create,admin_update,sapi,mgmt_api_write
s/1/T1078/0:app.generic.unauth_app_access_attempt
d/7/T1087/0:application.user_membership.list,secretlist,keylist,certificatelist,secretlistversions,keylistversions,certificatelistversions
o//T1552/0:keyget,certificateget
s/40/T1485/0:secretdelete,secretpurge,keydelete,keypurge,certificatedelete,certificatepurge,vaultdelete,vaultpurge
o/1/T1078/0:system.push.send_factor_verify_push,system.sms.send_factor_verify_message,system.voice.send_mfa_challenge_call,system.email.send_factor_verify_message,user.authentication.verify,policy.evaluate_sign_on
s/5/T1562.008/0:delete sys/audit
s/4/T1098.003/0:create sys/policies,update sys/policies,create sys/policy,update sys/policy,update sys/generate-root
s/3/T1098.001/0:create auth/token/create,update auth/token/create,update auth/token/create-orphan,create auth/secret-id,update auth/secret-id,update auth/custom-secret-id
s/3/T1556/0:create sys/auth,update sys/auth
s/3/T1136/0:create auth/users,update auth/users
s/6/T1552/0:read sys/raw,list sys/raw,read sys/storage
s/40/T1485/0:update sys/seal,update sys/step-down,delete sys/mounts,delete sys/auth,delete sys/raw
d/7/T1087/0:read sys/auth,read sys/mounts,list sys/policies,read sys/policies,list auth/token/accessors,list auth/role,list auth/users,list identity/entity
i/7/T1087/0:read auth/token/lookup-self,update auth/token/lookup-self
i/7/T1087/0:auth.test,auth.whoami,whoami,get /v1/account,get /user,users.getprofile,auth/token/lookup-self,sts:getcalleridentity,get /me,get /v1/me,current_user
`
