/**
 * Audit events and API calls of services behind one token. From the providers' own catalogs:
 * Slack https://docs.slack.dev/admins/audit-logs-api-actions
 * Stripe https://docs.stripe.com/keys-best-practices and https://docs.stripe.com/api
 * OpenAI https://platform.openai.com/docs/api-reference/audit-logs
 * Twilio https://www.twilio.com/docs/usage/monitor-events
 * SendGrid https://www.twilio.com/docs/sendgrid/api-reference
 * Snyk https://docs.snyk.io/snyk-platform-administration/user-management/retrieve-audit-logs-of-user-initiated-activity-by-api-for-an-org-or-group
 * Cloudflare https://developers.cloudflare.com/fundamentals/account/account-security/review-audit-logs/
 * Google Workspace https://developers.google.com/workspace/admin/reports/v1/appendix/activity/drive
 * and https://github.com/elastic/detection-rules/tree/main/rules/integrations/google_workspace
 * Form of a line: class/tactics/techniques/incidents:operations (see fact.ts).
 */
export const saasOperations = `
s/4/T1098.003/0:role_change_to_admin,role_change_to_owner,role_change_to_user,owner_transferred,permissions_assigned,custom_role_assigned,workspace_accepted_migration
s/10/T1530/0:private_channel_converted_to_public,manual_export_started,manual_export_completed,scheduled_export_started,manual_export_downloaded,file_public_link_created,file_shared_externally,external_shared_channel_connected,external_shared_channel_invite_sent,channel_email_address_created
s/3/T1098/0:app_installed,app_scopes_expanded,app_approved,app_token_preserved,bot_token_upgraded,user_created_outgoing_webhook,service_owner_transferred
s/1/T1078/0:anomaly,file_malicious_content_detected,user_login_failed_suspicious,excessive_downloads,session_fingerprint
s/5/T1562.001/0:pref.two_factor_auth_changed,pref.sso_setting_changed,pref.ip_allowlist_changed,emm_removed,user_sessions_reset,dlp_violation_dismissed,ip_allowlist.created,ip_allowlist.updated,ip_allowlist.deleted,ip_allowlist.config.activated,ip_allowlist.config.deactivated
d/7/T1087/0:users.list,users.info,conversations.list,conversations.members,team.info,usergroups.list,files.list,channels.list,get /v1/models,get /v1/customers,get /v1/charges,get /v1/balance,get /v3/scopes,get /v1/organization/users
o/9/T1213/0:conversations.history,conversations.replies,search.messages,search.all,files.info,file_downloaded
w//T1098/0:add_event_guest
w//T1496.004/0:chat.postmessage,files.upload,post /v1/chat/completions,post /v1/responses,post /v1/messages,post /v1/embeddings,post /v3/mail/send,post /v1/payment_intents,post /v1/charges,post /v1/setup_intents
s/40/T1657/0:post /v1/payouts,post /v1/transfers,post /v1/refunds,post /v1/external_accounts,post /v1/accounts,post /v1/topups,payout.created,transfer.created,external_account.created,account.external_account.created,refund.created
s/3/T1098.001/0:post /v1/webhook_endpoints,webhook_endpoint.created,post /v1/ephemeral_keys,api_key.created,api_key.updated,service_account.created,service_account.updated,project.created,organization.updated,rate_limit.updated,rate_limit.deleted,post /v3/api_keys,post /v3/teammates,api-key.created,invite.sent,certificate.created
s/3/T1098/0:org.service_account.create,group.service_account.create,org.service_account.edit,group.service_account.edit,org.service_account.delete,group.service_account.delete,service_account_created
s/10/T1567/0:page.exported,workspace.content_exported,access_granted,collab_invite_collaborator,share,shield_alert
s/10/T1537/0:change_user_access,change_document_access_scope,change_document_visibility,change_acl_editors,sheets_import_range_access_change
s/4/T1098.003/0:authorize_api_client_access
s/4/T1484.002/0:add_trusted_domains
s/5/T1556.006/0:allow_strong_authentication,enforce_strong_authentication,2sv_disable,2svdisable,titanium_unenroll,titaniumunenroll
s/3/T1098/0:unsuspend_user,add_application
s/9/T1114.003/0:create_gmail_setting,change_gmail_setting,email_forwarding_out_of_domain,emailforwardingoutofdomain
s/3/T1098/0:recovery_email_edit,recoveryemailedit,recovery_phone_edit,recoveryphoneedit,recovery_secret_qa_edit,recoverysecretqaedit
s/10/T1537/0:create_data_transfer_request
s/3/T1136/0:invited_to_org,invited_to_team,joined_org,user_invited
s/1/T1078/0:sign_in_as_session_start,admin_login_as,login_as_user,apianomalyeventstore
`
