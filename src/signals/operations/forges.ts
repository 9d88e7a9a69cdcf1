/**
 * Audit events of code hosts and their CI. Names from the providers' own catalogs:
 * GitHub https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization
 * GitHub Enterprise Server https://docs.github.com/en/enterprise-server@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/audit-log-events-for-your-enterprise
 * GitLab https://docs.gitlab.com/user/compliance/audit_event_types/
 * Bitbucket https://support.atlassian.com/bitbucket-cloud/docs/organization-audit-log/
 * CircleCI https://circleci.com/docs/audit-logs/
 * Form of a line: class/tactics/techniques/incidents:operations (see fact.ts).
 */
export const forgeOperations = `
o/9/T1213.003/0:git.clone,git.fetch,repo.download_zip,repository.git_clone
w//T1213.003/0:git.push,repo.create,pull_request.create,pull_request.merge
s/10/T1213.003/0:private_repository_forking.enable,repo.transfer_outgoing,org.transfer,org.transfer_outgoing,repo.pages_public,repo.access,repo.transfer,repo.transfer_start,repo.visibility_change,repository_visibility_change.enable,migration.create,project_export_created,group_export_created,repo.change_visibility
s/3/T1098.001/0:public_key.create,public_key.update,personal_access_token.create,personal_access_token.access_granted,personal_access_token.request_created,oauth_authorization.create,oauth_application.create,oauth_application.generate_client_secret,user_personal_access_token.create,deploy_token_created,project_access_token_created,group_access_token_created,personal_access_token_created,create_ssh_key,key_added,ssh_key_created
s/4/T1098.003/0:org.add_member,org.invite_member,org.update_member,repo.add_member,repo.update_member,org.add_outside_collaborator,team.add_member,team.add_repository,team.update_repository_permission,role.create,role.update,business.add_admin,business.invite_admin,org.update_default_repository_permission,member_created,member_updated,org.change_member_role
s/4/T1078/0:user.promote,staff.fake_login,staff.unlock,staff.repo_unlock
s/3/T1176/0:integration_installation.create,integration_installation.repositories_added,integration.generate_client_secret,integration.create,org.oauth_app_access_approved
s/10/T1020/0:hook.create,hook.config_changed,hook.events_changed,hook.active_changed,webhook_created,create_project_webhook
s/6/T1552/0:repo.create_actions_secret,repo.update_actions_secret,org.create_actions_secret,org.update_actions_secret,environment.create_actions_secret,environment.update_actions_secret,repo.register_self_hosted_runner,org.register_self_hosted_runner,enterprise.register_self_hosted_runner,ci_variable_created,ci_variable_updated
s/5/T1562.001/0:protected_branch.destroy,protected_branch.policy_override,protected_branch.update_admin_enforced,repository_ruleset.destroy,repository_branch_protection_evaluation.disable,org.disable_two_factor_requirement,org.disable_saml,org.disable_oauth_app_restrictions,repository_secret_scanning.disable,repository_secret_scanning_push_protection.disable,repository_secret_scanning_push_protection.bypass,secret_scanning_push_protection.bypass,secret_scanning.disable,repository_vulnerability_alerts.disable,repo.advanced_security_disabled,org.advanced_security_disabled_on_all_repos,audit_log_streaming.destroy,audit_log_streaming.update,ip_allow_list.disable,ip_allow_list.disable_for_installed_apps,ip_allow_list_entry.create,ip_allow_list_entry.destroy,ip_allow_list_entry.update,dependabot_alerts.disable,org.enable_oauth_app_restrictions
s/40/T1485/0:repo.destroy,repo.archived,org.delete,project_destroyed,group_destroyed
s/2/T1059/0:workflows.create_workflow_dispatch,repo.actions_enabled,org.set_actions_privately_accessible,repo.set_actions_fork_pull_requests_policy,repo.update_actions_settings
d/7/T1087/0:org.audit_log_export,org.audit_log_git_event_export,search.code
s/10/T1530/0:context.secrets.accessed,artifact.download
`
