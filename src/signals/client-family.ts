/** Who called, told by the user agent: the family that stays the same when versions change. */
export interface ClientFamily {
  readonly family: string
  /** A person at a screen, a console or an infrastructure tool: it asks for many things at once by itself. */
  readonly chatty?: true
  /** It builds what somebody described: many kinds of sensitive calls in one run are its trade. */
  readonly builder?: true
  /** How it was signed in, where the log does not say by what: everybody who has the key does it so. */
  readonly method?: true
  /** A tool of attackers or of secret scanners, by name. */
  readonly tool?: string
}

/**
 * Names that tools for attack, secret scanning and audit of other people's clouds put into their user agents:
 * https://github.com/RhinoSecurityLabs/pacu, https://github.com/trufflesecurity/trufflehog,
 * https://github.com/DataDog/stratus-red-team, https://github.com/BishopFox/cloudfox,
 * https://github.com/nccgroup/ScoutSuite, https://github.com/prowler-cloud/prowler,
 * https://github.com/projectdiscovery/nuclei; S3 Browser and Kali by published incidents
 * (https://permiso.io/blog/s/unmasking-guivil-new-cloud-threat-actor/, Expel's report of 2022).
 * `afterleak` here is somebody else's: our own calls are known by the ledger and taken out before.
 */
const tools: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/trufflehog/i, 'TruffleHog'],
  [/gitleaks|betterleaks|noseyparker|titus\/|kingfisher/i, 'a secret scanner'],
  [/afterleak\//i, "another's afterleak"],
  [/keyhacks|secretfinder|gitguardian|ggshield/i, 'a secret scanner'],
  [/pacu/i, 'Pacu'],
  [/stratus-red-team|grimoire/i, 'Stratus Red Team'],
  [/cloudfox/i, 'CloudFox'],
  [/scoutsuite|scout2/i, 'ScoutSuite'],
  [/prowler/i, 'Prowler'],
  [
    /cloudmapper|cloudsploit|principalmapper|enumerate-iam|weirdaal|peirates|roadtools|azurehound|aadinternals|microburst|gcp_enum|cartography/i,
    'a cloud enumeration tool',
  ],
  [/kali|parrot(?:os|-os| security)|blackarch|pentoo/i, 'an attack distribution (Kali or its like)'],
  [/s3 ?browser/i, 'S3 Browser'],
  [
    /nuclei|sqlmap|nikto|masscan|zgrab|gobuster|ffuf|hydra|metasploit|burp|owasp zap|wpscan|dirbuster|feroxbuster/i,
    'an attack or scanning tool',
  ],
]

const builders = 'terraform and its like'
/** As sshd logs them: https://www.rfc-editor.org/rfc/rfc4252#section-5 https://www.rfc-editor.org/rfc/rfc4256 https://www.rfc-editor.org/rfc/rfc4462 */
const methods = /^(?:publickey|password|hostbased|none|gssapi-\w[\w-]*|keyboard-interactive(?:\/pam)?)$/

const families: readonly (readonly [pattern: RegExp, family: string, chatty?: true])[] = [
  [/terraform|pulumi|opentofu|cdktf|ansible|crossplane/i, builders, true],
  [/^aws internal|console|cloudshell|signin\.|aws-internal/i, 'console', true],
  [/aws-cli/i, 'aws-cli'],
  [/amazon-ssm-agent/i, 'ssm-agent'],
  [/boto3|botocore/i, 'boto3'],
  [/aws-sdk-go/i, 'aws-sdk-go'],
  [/aws-sdk-java/i, 'aws-sdk-java'],
  [/aws-sdk-(?:js|nodejs)/i, 'aws-sdk-js'],
  [/aws-sdk-([a-z]+)/i, 'aws-sdk'],
  [/azurecli|az\/\d|azure-cli|azurepowershell|psazure/i, 'azure cli'],
  [/google-cloud-sdk|gcloud|gsutil/i, 'gcloud'],
  [/snowsql|snowflake|jdbc|odbc/i, 'database driver'],
  [/^git\/|jgit|libgit2|go-git/i, 'git'],
  [/octokit|github-cli|gh\/|gh cli|hub\//i, 'github client'],
  [/okta-sdk/i, 'okta sdk'],
  [/stripe\/|stripe-/i, 'stripe library'],
  [/postmanruntime|insomnia|bruno/i, 'postman'],
  [/powershell/i, 'powershell'],
  [/^curl|libcurl/i, 'curl'],
  [/wget/i, 'wget'],
  [/python-requests|python-urllib|aiohttp|httpx|python/i, 'python'],
  [/go-http-client|^go[ /]|google-api-go-client/i, 'go'],
  [/okhttp|apache-httpclient|java\/|^java/i, 'java'],
  [/node-fetch|undici|axios|^node|got \(/i, 'node'],
  [/ruby|faraday/i, 'ruby'],
  [/php|guzzle/i, 'php'],
  [/^mozilla|chrome|safari|firefox|edg\//i, 'browser', true],
]

/** Undefined where the log has no user agent, which is no evidence for anyone. */
export function clientFamily(userAgent: string | undefined): ClientFamily | undefined {
  const text = userAgent?.replace(/^\[|\]$/g, '').trim() ?? ''
  if (text === '' || text === '-') return undefined
  const tool = tools.find(([pattern]) => pattern.test(text))?.[1]
  const known = families.find(([pattern]) => pattern.test(text))
  // A service of the provider acts for the user: `cloudformation.amazonaws.com`.
  const service = /^[a-z0-9-]+\.amazonaws\.com$/i.test(text) ? text.toLowerCase() : undefined
  const family = service ?? known?.[1] ?? (/^[\w.-]+/.exec(text)?.[0].toLowerCase() || 'other')
  return {
    family,
    ...((service !== undefined || family === builders) && { builder: true as const }),
    ...((known?.[2] === true || service !== undefined) && { chatty: true as const }),
    ...(methods.test(text) && { method: true as const }),
    ...(tool !== undefined && { tool }),
  }
}
