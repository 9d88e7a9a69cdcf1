/** A rule's name in one vocabulary, as `nameKey` writes it. */
interface RuleName {
  readonly scheme: string
  readonly name: string
}

/** The vocabularies of scanners that share one with others; the first is asked first. Any other has one of its own. */
const vocabularies: Readonly<Record<string, readonly string[]>> = {
  betterleaks: ['gitleaks'],
  // Its built-in rules began as a copy: https://github.com/aquasecurity/trivy/blob/main/pkg/fanal/secret/builtin-rules.go
  trivy: ['gitleaks'],
  noseyparker: ['kingfisher'],
  titus: ['kingfisher'],
  trufflehog3: ['trufflehog'],
  rusty_hog: ['trufflehog'],
  // It is detect-secrets, with rules numbered anew.
  checkov: ['detect-secrets'],
  // Many of its rules have the names of TruffleHog 2: https://github.com/Samsung/CredSweeper/blob/main/credsweeper/rules/config.yaml
  credsweeper: ['credsweeper', 'trufflehog'],
  ggshield: ['gitguardian'],
  gitlab: ['gitlab', 'gitleaks'],
  // generic.secrets.gitleaks.*: https://github.com/semgrep/semgrep-rules/tree/develop/generic/secrets
  semgrep: ['semgrep', 'gitleaks'],
}

/** Formats that any scanner's report can be in. */
const carriers = new Set(['sarif', 'csv', 'json'])

/** Every name under which a provider's file may have this rule, the closest first. */
export function* namesFor(tool: string, rule: string): Generator<RuleName> {
  const schemes = vocabularies[tool] ?? [tool]
  for (const scheme of schemes) {
    for (const spelling of spellings(scheme, rule)) yield { scheme, name: nameKey(spelling) }
  }
  // Kingfisher 2 has other tools' rules with their names in front.
  const foreign = /^(?:betterleaks|gitleaks|veles)\.(.+)$/.exec(rule)?.[1]
  if (foreign !== undefined)
    for (const spelling of spellings('gitleaks', foreign)) yield { scheme: 'gitleaks', name: nameKey(spelling) }
  // Where no file has them together, the types of a credential's parts: `google_oauth_client_id, google_oauth_client_secret`.
  if (tool === 'github') for (const part of rule.split(',').slice(0, 5)) yield { scheme: 'github', name: nameKey(part) }
}

function spellings(scheme: string, rule: string): readonly string[] {
  // Semgrep's ids are paths, whose beginning depends on where the rules lay.
  if (rule.includes('.') && scheme === 'semgrep') return [rule, lastOf(rule)]
  // trufflehog3's are TruffleHog's in other signs: `mailgun.api-key`.
  if (scheme === 'trufflehog') return [rule, rule.replaceAll('.', ' ')]
  // `.1` is a variant or a component of Betterleaks' rule.
  if (scheme === 'gitleaks') return [rule, rule.replace(/\.\d+$/, ''), lastOf(rule)]
  // GitGuardian numbers the versions of a detector: `netlify_token_v2`.
  return scheme === 'gitguardian' ? [rule, rule.replace(/[_ ]v\d+$/i, '')] : [rule]
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

/** Whether a tool's rules are named in a vocabulary that is known, so that other tools' names mean nothing in its reports. */
export function hasOwnNames(tool: string, schemes: ReadonlyMap<string, unknown>): boolean {
  return !carriers.has(tool) || schemes.has(tool)
}

/** Names are compared without case, `_`, `-` and spaces, and lists of types in any order. */
export function nameKey(rule: string): string {
  const plain = rule.toLowerCase().replaceAll(/[\s_-]+/g, ' ')
  if (!/[,+]/.test(plain)) return plain.trim()
  return plain
    .split(/[,+]/)
    .map(part => part.trim())
    .filter(part => part !== '')
    .toSorted()
    .join(', ')
}
