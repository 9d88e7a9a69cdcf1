import type { Prior } from '../model/finding.ts'
import type { Row } from '../text/row.ts'

/** CWE: credentials that are hard-coded, stored in clear text or badly protected. */
const weaknesses = /\bCWE-(?:259|312|313|321|522|540|798)\b/i
const words =
  /secret|credential|passw(?:or)?d|private[ _-]?key|api[ _-]?key|access[ _-]?key|hard-?coded|(?:access|auth|bearer|bot|oauth|api)[ _-]?token/i

/** Is a rule about secrets? By its own words for it; where there are none, by its name and message. */
export function isAboutSecret(metadata: Row, name: unknown, message: unknown, state: unknown): boolean {
  if (typeof name === 'string' && /\bsecrets?\b/i.test(name)) return true
  if (metadata.secret_type !== undefined || listed(metadata.technology).some(each => /^secrets?$/i.test(each)))
    return true
  if (priorIn(state) !== undefined && !isNone(state)) return true
  if ('sca-kind' in metadata) return false
  const cwe = [...listed(metadata.cwe), ...listed(metadata.cwe_names)]
  if (cwe.length > 0) return cwe.some(each => weaknesses.test(each))
  return [name, message].some(text => typeof text === 'string' && words.test(text))
}

function listed(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.filter(each => typeof each === 'string')
}

function isNone(state: unknown): boolean {
  return typeof state === 'string' && /NO_VALIDATOR|UNSPECIFIED/.test(state)
}

/** `CONFIRMED_VALID`, in the API `VALIDATION_STATE_CONFIRMED_VALID`. */
export function priorIn(state: unknown): Prior | undefined {
  if (typeof state !== 'string' || state === '') return undefined
  const known = state.replace(/^VALIDATION_STATE_/, '')
  return known === 'CONFIRMED_VALID' ? 'live' : known === 'CONFIRMED_INVALID' ? 'dead' : 'unknown'
}
