import { describe, expect, it } from 'vitest'
import { Catalog } from '../../src/catalog/catalog.ts'
import { shipped } from '../identify/support.ts'

const catalog = new Catalog(shipped)

/**
 * Scanners' names for secrets of our providers, read in each scanner's own lists:
 * https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml
 * https://github.com/trufflesecurity/trufflehog/blob/main/proto/detector_type.proto
 * https://github.com/mongodb/kingfisher/tree/main/crates/kingfisher-rules/data/rules
 * https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
 * https://docs.gitlab.com/user/application_security/secret_detection/detected_secrets/
 * https://docs.gitguardian.com/secrets-detection/secrets-detection-engine/secrets_analyzer
 * https://github.com/Yelp/detect-secrets/tree/master/detect_secrets/plugins
 * https://github.com/secretlint/secretlint/tree/master/packages/@secretlint
 * https://github.com/semgrep/semgrep-rules/tree/develop/generic/secrets
 * https://github.com/aquasecurity/trivy/blob/main/pkg/fanal/secret/builtin-rules.go
 */
const names: Readonly<Record<string, string>> = {
  gitleaks: `
    airtable: airtable-api-key | airtable-personnal-access-token
    algolia: algolia-api-key
    anthropic: anthropic-api-key | anthropic-admin-api-key
    atlassian: atlassian-api-token
    aws: aws-access-token | aws-amazon-bedrock-api-key-long-lived
    bitbucket: bitbucket-client-id | bitbucket-client-secret
    brevo: sendinblue-api-token
    cloudflare: cloudflare-api-key | cloudflare-global-api-key | cloudflare-origin-ca-key
    discord: discord-api-token | discord-client-id | discord-client-secret
    github: github-pat | github-fine-grained-pat | github-oauth | github-app-token | github-refresh-token
    gitlab: gitlab-pat | gitlab-pat-routable | gitlab-deploy-token | gitlab-rrt | gitlab-ptt | gitlab-session-cookie
    google-api-key: gcp-api-key
    hubspot: hubspot-api-key
    huggingface: huggingface-access-token | huggingface-organization-api-token
    linear: linear-api-key | linear-client-secret
    mailgun: mailgun-private-api-token | mailgun-pub-key | mailgun-signing-key
    netlify: netlify-access-token
    new-relic: new-relic-user-api-key | new-relic-insert-key | new-relic-browser-api-token
    notion: notion-api-token
    okta: okta-access-token
    openai: openai-api-key
    sentry: sentry-access-token | sentry-org-token | sentry-user-token
    shopify: shopify-access-token | shopify-custom-access-token | shopify-private-app-access-token | shopify-shared-secret
    slack: slack-bot-token | slack-user-token | slack-app-token | slack-webhook-url | slack-access-token | slack-web-hook
    stripe: stripe-access-token
    telegram: telegram-bot-api-token`,
  betterleaks: `
    fullstory: fullstory-api-key
    stripe: stripe-access-token | stripe-access-token.1`,
  trivy: `
    aws: aws-access-key-id | aws-secret-access-key
    github: github-pat | github-app-token
    hubspot: hubspot-api-token
    huggingface: hugging-face-access-token
    linear: linear-api-token
    mailgun: mailgun-token
    shopify: shopify-token
    slack: slack-access-token | slack-web-hook
    stripe: stripe-secret-token | stripe-publishable-token`,
  trufflehog: `
    airtable: AirtableApiKey | AirtablePersonalAccessToken | AirtableOAuth
    algolia: AlgoliaAdminKey
    anthropic: Anthropic
    atlassian: Atlassian | JiraToken | JiraDataCenterPAT | ConfluenceDataCenter
    aws: AWS | AWSSessionKey
    bitbucket: BitbucketAppPassword | BitbucketDataCenter
    brevo: SendinBlueV2
    cloudflare: CloudflareApiToken | CloudflareGlobalApiKey | CloudflareCaKey
    discord: DiscordBotToken | DiscordWebhook
    fullstory: Fullstory
    github: Github | GitHubOld
    gitlab: Gitlab | GitLabOauth2
    google-api-key: GoogleGeminiAPIKey | Gemini | YoutubeApiKey
    hubspot: HubSpotApiKey | HubSpot
    huggingface: HuggingFace
    linear: LinearAPI
    mailgun: Mailgun
    netlify: Netlify
    new-relic: NewRelicPersonalApiKey | NewRelicLicenseKey
    notion: Notion
    okta: Okta
    openai: OpenAI
    postmark: Postmark
    sentry: SentryToken | SentryOrgToken
    shopify: Shopify | ShopifyOAuth
    slack: Slack | SlackWebhook
    stripe: Stripe | StripePaymentIntent
    telegram: TelegramBotToken`,
  kingfisher: `
    aws: kingfisher.aws.1 | kingfisher.aws.2 | kingfisher.aws.4
    bitbucket: kingfisher.bitbucket.1 | kingfisher.bitbucket.3
    brevo: kingfisher.sendinblue.1
    fullstory: kingfisher.fullstory.1
    github: kingfisher.github.1 | kingfisher.github.7 | betterleaks.github-pat | gitleaks.github-pat
    gitlab: kingfisher.gitlab.1 | kingfisher.gitlab.3
    google-api-key: kingfisher.youtube.1
    slack: kingfisher.slack.1 | kingfisher.slack.2 | kingfisher.slack.4
    stripe: kingfisher.stripe.1 | kingfisher.stripe.2`,
  noseyparker: `
    aws: np.aws.1 | np.aws.2 | np.aws.4 | np.aws.6
    github: np.github.1 | np.github.7
    google-api-key: np.google.5
    slack: np.slack.2 | np.slack.3 | np.slack.4
    stripe: np.stripe.1`,
  titus: `
    aws: np.aws.1 | kingfisher.aws.1
    stripe: np.stripe.1 | kingfisher.stripe.2`,
  github: `
    airtable: airtable_api_key | airtable_personal_access_token
    anthropic: anthropic_api_key | anthropic_admin_api_key
    atlassian: atlassian_api_token
    aws: aws_access_key_id, aws_secret_access_key | aws_secret_access_key, aws_session_token, aws_temporary_access_key_id
    bitbucket: bitbucket_server_personal_access_token
    brevo: sendinblue_api_key | sendinblue_smtp_key
    cloudflare: cloudflare_account_api_token | cloudflare_global_user_api_key | cloudflare_user_api_token
    discord: discord_bot_token
    fullstory: fullstory_api_key
    github: github_personal_access_token | github_oauth_access_token | github_app_installation_access_token | github_refresh_token
    gitlab: gitlab_access_token | gitlab_deploy_token | gitlab_runner_auth_token | gitlab_feed_token_v2 | gitlab_oauth_app_secret
    google-api-key: google_api_key | google_gemini_api_key
    hubspot: hubspot_api_key | hubspot_personal_access_key | hubspot_private_apps_user_token
    huggingface: hf_user_access_token | hf_org_api_key
    linear: linear_api_key | linear_oauth_access_token
    mailgun: mailgun_api_key
    new-relic: new_relic_personal_api_key | new_relic_rest_api_key | new_relic_license_key | new_relic_insights_query_key
    notion: notion_api_token | notion_integration_token
    openai: openai_api_key
    sentry: sentry_personal_token | sentry_organization_token | sentry_integration_token | sentry_user_app_auth_token
    shopify: shopify_access_token | shopify_custom_app_access_token | shopify_app_client_secret | shopify_app_shared_secret
    slack: slack_api_token | slack_incoming_webhook_url | slack_workflow_webhook_url | slack_workflow_trigger_url
    stripe: stripe_api_key | stripe_live_restricted_key | stripe_test_secret_key | stripe_webhook_signing_secret
    telegram: telegram_bot_token`,
  gitlab: `
    anthropic: anthropic_key
    atlassian: AtlassianApiKey | AtlassianUserApiToken | Atlassian API token
    aws: AWS
    bitbucket: Bitbucket client ID | Bitbucket client secret
    brevo: Sendinblue API token | Sendinblue SMTP token
    discord: Discord API key | Discord client secret
    github: Github Personal Access Token | GithubFineGrainedPersonalAccessToken | Github App Token | GithubAppInstallationToken
    gitlab: gitlab_personal_access_token | gitlab_ci_build_token | gitlab_runner_auth_token | gitlab_feed_token_v2
    google-api-key: GCP API key
    hubspot: Hubspot API token
    huggingface: HuggingFaceUserAccessToken
    linear: Linear API token
    mailgun: Mailgun private API token | Mailgun public validation key
    new-relic: New Relic user API Key | New Relic REST API Key | New Relic ingest browser API token
    openai: open ai token
    shopify: Shopify access token | Shopify shared secret
    slack: Slack token | SlackAppLevelToken | Slack Webhook
    stripe: StripeLiveSecretKey | StripeLiveRestrictedKey | StripeTestPublishableKey | stripe-access-token`,
  gitguardian: `
    airtable: airtable_apikey
    algolia: algolia_keys
    aws: aws_iam | AWS IAM Keys
    bitbucket: bitbucket_access_token | bitbucket_app_password
    brevo: sendinblue_key
    discord: discord_bot_token
    github: github_access_token | github_fine_grained_pat | github_personal_access_token_v2
    gitlab: gitlab_token
    hubspot: hubspot_private_app_token
    huggingface: hugging_face_user_access_token
    atlassian: jira_token
    openai: openai_apikey | openai_project_apikey | openai_project_apikey_v2 | openai_service_account | openai_admin_apikey
    shopify: shopify_generic_app_token_subdomain
    slack: slack_app_token | slack_user_token | slackbot_token | slack_webhook_url
    stripe: stripe | stripe_keys`,
  ggshield: `
    github: GitHub Personal Access Token
    openai: OpenAI API Key
    slack: Slack Bot Token
    stripe: Stripe Keys`,
  'detect-secrets': `
    aws: AWS Access Key
    discord: Discord Bot Token
    github: GitHub Token
    gitlab: GitLab Token
    openai: OpenAI Token
    slack: Slack Token
    stripe: Stripe Access Key
    telegram: Telegram Bot Token`,
  secretlint: `
    anthropic: ANTHROPIC_API_KEY
    aws: AWSAccessKeyID | AWSSecretAccessKey
    cloudflare: CLOUDFLARE_ACCOUNT_API_TOKEN | CLOUDFLARE_GLOBAL_API_KEY | CLOUDFLARE_USER_API_TOKEN
    github: GITHUB_TOKEN
    gitlab: GITLAB_PERSONAL_ACCESS_TOKEN
    huggingface: HUGGINGFACE_USER_ACCESS_TOKEN
    linear: LINEAR_API_TOKEN
    notion: NOTION_INTEGRATION_TOKEN
    openai: OPENAI_TOKEN
    shopify: SHOPIFY_KEY
    slack: SLACK_TOKEN | IncomingWebhook
    stripe: STRIPE_SECRET_KEY_LIVE | STRIPE_RESTRICTED_KEY_TEST`,
  semgrep: `
    aws: generic.secrets.security.detected-aws-access-key-id-value.detected-aws-access-key-id-value | AWS
    github: generic.secrets.security.detected-github-token.detected-github-token | generic.secrets.gitleaks.github-pat.github-pat
    google-api-key: generic.secrets.security.detected-google-api-key.detected-google-api-key
    mailgun: generic.secrets.security.detected-mailgun-api-key.detected-mailgun-api-key
    openai: OpenAI
    slack: tmp.rules.generic.secrets.security.detected-slack-token.detected-slack-token
    stripe: generic.secrets.gitleaks.stripe-access-token.stripe-access-token
    telegram: generic.secrets.security.detected-telegram-bot-api-key.detected-telegram-bot-api-key`,
  csv: `
    aws: aws-access-token | AWSAccessKeyID
    stripe: Stripe | stripe_api_key`,
}

const rows = Object.entries(names).flatMap(([tool, text]) =>
  text
    .trim()
    .split('\n')
    .flatMap(line => {
      const [, provider = '', all = ''] = /^\s*([a-z-]+): (.+)$/.exec(line) ?? []
      return all.split(' | ').map(rule => ({ tool, rule, provider }))
    }),
)

describe('the names of scanners', () => {
  it.each(rows)('lead from $rule of $tool to $provider', ({ tool, rule, provider }) => {
    const found = new Set(catalog.byRule(tool, rule).map(candidate => candidate.provider.id))
    expect([...found]).toEqual([provider])
  })

  it.each([
    ['gitleaks', 'generic-api-key'],
    ['gitleaks', 'private-key'],
    ['trufflehog', 'AzureOpenAI'],
    ['kingfisher', 'kingfisher.azureopenai.1'],
    ['semgrep', 'generic.secrets.security.detected-generic-secret.detected-generic-secret'],
    ['github', 'aws_api_key_of_nobody'],
    // A tool whose names are known does not speak another's language.
    ['trufflehog', 'stripe-access-token'],
    ['env', 'Stripe'],
    ['lines', 'Stripe'],
    ['csv', 'Secret Keyword'],
  ])('of %s: %s is nobody’s', (tool, rule) => {
    expect(catalog.byRule(tool, rule)).toEqual([])
  })

  it('are compared without case and separators, lists of types in any order', () => {
    const whole = catalog.byRule('github', 'aws_access_key_id, aws_secret_access_key')
    expect(catalog.byRule('github', 'AWS_SECRET_ACCESS_KEY,aws-access-key-id')).toEqual(whole)
  })
})
