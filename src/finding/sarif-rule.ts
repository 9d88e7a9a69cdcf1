import { isRecord } from '../model/path.ts'
import { firstText, inside, type Row, rowsOf } from '../text/row.ts'
import { isAboutSecret } from './semgrep-rule.ts'

/** Drivers whose every result is a secret. */
const secretScanners = new Set(
  (
    'gitleaks betterleaks trufflehog trufflehog3 kingfisher titus noseyparker secretlint ggshield gitguardian ' +
    'detect-secrets talisman whispers credscan deepfence n0s1 rusty_hog xygeni github gitlab'
  ).split(' '),
)
/** Drivers that look for secrets among other things. */
const mixed = new Set(['semgrep', 'trivy', 'checkov', 'codeql', 'wiz'])
const other: Readonly<Record<string, string>> = {
  'nosey-parker': 'noseyparker',
  'rusty-hog': 'rusty_hog',
  'credential-scanner': 'credscan',
  'microsoft-credential-scanner': 'credscan',
  wizcli: 'wiz',
  'detect-secret': 'detect-secrets',
}
const telling = /secret|leak|credential|cred-?scan/

const all = [...secretScanners, ...mixed]
/** A run has one driver, and many results. */
let last: { readonly name: unknown; readonly tool: string } = { name: undefined, tool: 'sarif' }

/** A driver's name as the tools are called here; `sarif` for one that is not known. */
export function sarifTool(name: unknown): string {
  if (name === last.name) return last.tool
  const short = plainName(name)
  const begins = (each: string): boolean => short === each || short.startsWith(`${each}-`)
  const alias = Object.keys(other).find(begins)
  const tool = alias === undefined ? all.find(begins) : other[alias]
  last = { name, tool: tool ?? 'sarif' }
  return last.tool
}

function plainName(name: unknown): string {
  return typeof name === 'string'
    ? name
        .trim()
        .toLowerCase()
        .replaceAll(/[\s_]+/g, '-')
    : ''
}

/**
 * Is a result about a secret? Of a scanner of secrets, always. Of any other, by what its rule says: tags, weakness, name
 * and description. A tool that nobody knows, and whose rule says nothing, is believed to be one of secrets, unless its
 * message is a sentence about something else.
 */
export function isSarifSecret(tool: string, name: unknown, result: Row, rules: readonly unknown[]): boolean {
  if (secretScanners.has(tool) || telling.test(plainName(name))) return true
  const id = firstText(result.ruleId, inside(result, 'rule').id)
  if (id !== undefined && /^(?:CVE-\d|GHSA-)/i.test(id)) return false
  const rule = ruleOf(id, rules)
  const message = inside(result, 'message').text
  const properties = { ...inside(rule, 'properties'), ...inside(result, 'properties') }
  const tags = textsIn(properties.tags)
  if (tags.some(tag => /^(?:secrets?|secret[- ](?:scanning|detection)|credentials?)$/i.test(tag))) return true
  const cwe = [...tags, ...textsIn(properties.cwe)].filter(tag => /\bcwe-\d/i.test(tag))
  // https://github.com/aquasecurity/trivy/blob/main/pkg/report/sarif.go
  if (tool === 'trivy') return tags.length === 0 && typeof message === 'string' && /^Secret /m.test(message)
  if (tool === 'codeql') return cwe.length > 0 && isAboutSecret({ cwe }, undefined, undefined, undefined)
  const words = [rule?.name, inside(rule, 'shortDescription').text, inside(rule, 'fullDescription').text]
  const described = firstText(...words)
  if (tool === 'sarif' && described === undefined && tags.length === 0) return !isOtherwise(id, message)
  return isAboutSecret({ cwe }, [id, ...words.filter(word => typeof word === 'string')].join(' '), message, undefined)
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(each => typeof each === 'string') : []
}

const broad =
  /secret|(?<!(?:memory|mem|resource|handle) ?)leak|credential|passw|pwd|key|token|auth|entropy|private|sensitive|certificate|jwt|\bp[ai]t\b|webhook|hard-?coded|connection string|\bapi\b|\bssh\b|verified/i

/** Several words, none of which a scanner of secrets would use. */
function isOtherwise(id: string | undefined, message: unknown): boolean {
  return typeof message === 'string' && message.trim().split(/\s+/).length >= 3 && !broad.test(`${id} ${message}`)
}

const byId = new WeakMap<object, ReadonlyMap<unknown, Row>>()

/** A rule of the driver, or of one of its extensions, where CodeQL has its own. */
function ruleOf(id: string | undefined, [own, extensions]: readonly unknown[]): Row | undefined {
  for (const rules of [own, ...rowsOf(extensions).map(extension => extension.rules)]) {
    if (!Array.isArray(rules)) continue
    const known = byId.get(rules) ?? new Map(rules.filter(isRecord).map(rule => [rule.id, rule]))
    byId.set(rules, known)
    const found = known.get(id)
    if (found !== undefined) return found
  }
  return undefined
}
