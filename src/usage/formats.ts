import type { LogFormat } from './format.ts'
import { anthropicActivity } from './formats/anthropic-activity.ts'
import { asanaAudit } from './formats/asana-audit.ts'
import { authZero } from './formats/auth-zero.ts'
import { awsFindings } from './formats/aws-findings.ts'
import { azureActivity } from './formats/azure-activity.ts'
import { azureKeyVault } from './formats/azure-key-vault.ts'
import { azureSignIn } from './formats/azure-sign-in.ts'
import { box } from './formats/box.ts'
import { bucketAccess } from './formats/bucket-access.ts'
import { circleci } from './formats/circleci.ts'
import { cloudflare } from './formats/cloudflare.ts'
import { cloudtrail } from './formats/cloudtrail.ts'
import { conjur } from './formats/conjur.ts'
import { databricks } from './formats/databricks.ts'
import { duoAdmin } from './formats/duo-admin.ts'
import { ecs } from './formats/ecs.ts'
import { entraRisk } from './formats/entra-risk.ts'
import { githubAudit } from './formats/github-audit.ts'
import { gitlabApi } from './formats/gitlab-api.ts'
import { gitlabAudit } from './formats/gitlab-audit.ts'
import { googleAudit } from './formats/google-audit.ts'
import { googleReports } from './formats/google-reports.ts'
import { kubernetes } from './formats/kubernetes.ts'
import { microsoftAudit } from './formats/microsoft-audit.ts'
import { mongodb } from './formats/mongodb.ts'
import { mongodbAtlas } from './formats/mongodb-atlas.ts'
import { mysql } from './formats/mysql.ts'
import { mysqlSlow } from './formats/mysql-slow.ts'
import { ocsf } from './formats/ocsf.ts'
import { okta } from './formats/okta.ts'
import { onePassword } from './formats/one-password.ts'
import { onelogin } from './formats/onelogin.ts'
import { postgres } from './formats/postgres.ts'
import { slackAccess, slackAudit } from './formats/slack.ts'
import { snowflake } from './formats/snowflake.ts'
import { sshd } from './formats/sshd.ts'
import { stripeRequests } from './formats/stripe-requests.ts'
import { teleport } from './formats/teleport.ts'
import { vault } from './formats/vault.ts'
import { webAccess } from './formats/web-access.ts'
import { webError } from './formats/web-error.ts'
import { webJson } from './formats/web-json.ts'

/** Every log that is known, the most telling first: the first that knows a record reads it. */
export const logFormats: readonly LogFormat[] = [
  cloudtrail,
  bucketAccess,
  kubernetes,
  okta,
  googleAudit,
  googleReports,
  vault,
  cloudflare,
  circleci,
  slackAudit,
  slackAccess,
  gitlabAudit,
  gitlabApi,
  microsoftAudit,
  entraRisk,
  azureSignIn,
  azureKeyVault,
  azureActivity,
  authZero,
  box,
  onePassword,
  awsFindings,
  anthropicActivity,
  asanaAudit,
  databricks,
  duoAdmin,
  mongodb,
  mongodbAtlas,
  onelogin,
  teleport,
  postgres,
  snowflake,
  stripeRequests,
  githubAudit,
  ocsf,
  ecs,
  conjur,
  sshd,
  webAccess,
  webError,
  webJson,
  mysql,
  mysqlSlow,
]
