import { expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { inShort, type Plain } from './support.ts'

async function kindOf(plain: Plain): Promise<string | undefined> {
  const [first] = await inShort(plain)
  return first?.split(' ').slice(0, 2).join(' ')
}

/** Rules that one scanner numbers otherwise than another, or whose secrets look like another kind of the same provider. */
const rules = [
  ['np.gitlab.1', 'GR1348941{alnum:20}', 'gitlab runner-registration-token'],
  ['np.gitlab.2', 'glpat-{alnum:20}', 'gitlab personal-access-token'],
  ['np.gitlab.2', 'acme-glpat-{alnum:20}', 'gitlab personal-access-token'],
  ['kingfisher.datadog.1', '{hex:32}', 'datadog api-key'],
  ['kingfisher.datadog.4', 'pub{hex:32}', 'datadog client-token'],
  ['np.figma.1', '{hex:4}-{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12}', 'figma legacy-token'],
  ['np.google.2', 'GOCSPX-{alnum:28}', 'gcp oauth-client-secret'],
  ['np.google.3', '{alnum:24}', 'gcp older-oauth-client-secret'],
  ['np.google.4', 'ya29.{base64url:160}', 'gcp access-token'],
  ['np.github.5', '{hex:20}', 'github app-client-id'],
  ['np.github.6', '{hex:40}', 'github unnamed-app-secret'],
  ['kingfisher.notion.3', 'nrt_{alnum:46}', 'notion refresh-token'],
] as const

it.each(rules)('knows what the rule %s means by %s', async (rule, value, expected) => {
  expect(await kindOf({ tool: 'kingfisher', rule, value: madeUp(value, rule) })).toBe(expected)
})

/**
 * Names of older versions, where the form alone tells nothing, read in their own lists:
 * https://github.com/gitleaks/gitleaks/blob/v7.6.1/config/gitleaks.toml
 * https://github.com/dxa4481/truffleHogRegexes/blob/master/truffleHogRegexes/regexes.json
 * https://github.com/newrelic/rusty-hog/blob/main/crates/rusty-hog-scanner/src/default_rules.json
 * https://github.com/Samsung/CredSweeper/blob/main/credsweeper/rules/config.yaml
 */
const olderRules = [
  ['gitleaks', 'AWS Secret Key', '{base64:40}', 'aws access-key'],
  ['gitleaks', 'Heroku API key', '{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12}', 'heroku legacy-key'],
  ['gitleaks', 'Github', '{hex:40}', 'github legacy-token'],
  ['gitleaks', 'Mailgun API key', 'key-{hex:32}', 'mailgun api-key'],
  ['trufflehog', 'MailChimp API Key', '{hex:32}-us12', 'mailchimp api-key'],
  ['rusty_hog', 'Heroku API Key', '{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12}', 'heroku legacy-key'],
  ['trufflehog3', 'mailgun.api-key', 'key-{hex:32}', 'mailgun api-key'],
  ['credsweeper', 'MailGun API Key', 'key-{hex:32}', 'mailgun api-key'],
] as const

it.each(olderRules)('knows what %s meant by %s', async (tool, rule, value, expected) => {
  expect(await kindOf({ tool, rule, value: madeUp(value, rule) })).toBe(expected)
})

/** A token's refusal would call these dead while they work. */
const secretsOfApps = [
  ['github', 'github_client_secret', '{hex:40}', 'oauth-app-secret'],
  ['heroku', 'heroku_oauth_secret', '{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12}', 'oauth-client-secret'],
  ['notion', 'notion_oauth_client_secret', 'secret_{alnum:43}', 'client-secret'],
] as const

it.each(secretsOfApps)('takes no %s %s for a token of the same form', async (provider, name, value, kind) => {
  expect(await kindOf({ provider, parts: { [name]: madeUp(value, name) } })).toBe(`${provider} ${kind}`)
})

it('still takes one that is not so named for a token', async () => {
  expect(await kindOf({ provider: 'github', value: madeUp('{hex:40}', 'old') })).toBe('github legacy-token')
})
