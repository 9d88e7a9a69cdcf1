/** https://github.com/trufflesecurity/trufflehog/blob/main/proto/detector_type.proto: those of which a provider is known here. */
const types =
  '2:AWS 3:Azure 4:Circle 6:GCP 8:Github 9:Gitlab 10:JDBC 12:SendGrid 13:Slack 14:Square 15:PrivateKey ' +
  '16:Stripe 17:URI 18:Dropbox 19:Heroku 20:Mailchimp 21:Okta 25:SquareApp 26:Twilio 29:TravisCI ' +
  '30:SlackWebhook 32:PagerDutyApiKey 34:Mailgun 35:HubSpot 36:GitHubApp 37:CircleCI 39:DatadogToken ' +
  '41:AsanaPersonalAccessToken 46:YoutubeApiKey 49:NpmToken 50:NewRelicPersonalApiKey 51:AirtableApiKey ' +
  '55:Auth0oauth 58:CloudflareGlobalApiKey 59:CloudflareCaKey 62:DatabricksToken 63:DigitalOceanSpaces ' +
  '64:DigitalOceanToken 65:DiscordBotToken 66:DiscordWebhook 68:FastlyPersonalToken 69:GoogleOauth2 ' +
  '71:GoogleApiKey 74:Netlify 81:Postmark 86:SendinBlueV2 87:SentryToken 91:TelegramBotToken ' +
  '93:TerraformCloudPersonalToken 97:AirtableMetadataApiKey 98:AsanaOauth 100:CloudflareApiToken 104:MapBox ' +
  '107:HubSpotApiKey 108:HubSpotOauth 110:Auth0ManagementApiToken 113:FigmaPersonalAccessToken 115:GitHubOld ' +
  '120:JiraToken 134:Notion 142:Buildkite 156:Intercom 160:Vercel 170:AlgoliaAdminKey 172:Mandrill ' +
  '177:LinearAPI 190:Atlassian 200:RubyGems 201:OpenAI 343:Docker 394:Fullstory 618:Squareup'
const named = new Map(types.split(' ').map(type => [type.split(':')[0], type.split(':')[1]]))

/** The detector's name for its number, which is all that TruffleHog wrote of it until the middle of 2022. */
export function detectorOf(type: unknown): unknown {
  return named.get(String(type)) ?? type
}
