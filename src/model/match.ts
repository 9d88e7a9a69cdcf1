import { at, isRecord } from './path.ts'
import type { Reply } from './request.ts'

type Scalar = string | number | boolean | null

/** One test of one value. Texts are compared without case; a number may come as a text. */
export type Condition =
  | Scalar
  | readonly Scalar[]
  | { readonly contains: string | readonly string[] }
  | { readonly starts: string | readonly string[] }
  | { readonly is: Scalar }

/** What an answer must look like; all that is given must hold. */
export interface Match {
  readonly status?: number | readonly number[] | undefined
  readonly type?: Reply['kind'] | undefined
  readonly header?: Readonly<Record<string, Condition>> | undefined
  readonly where?: Readonly<Record<string, Condition>> | undefined
  readonly exact?: true | undefined
  readonly xml?: Readonly<Record<string, Condition>> | undefined
  readonly text?: Condition | undefined
}

/** Whether an answer is the one that a provider's file describes. */
export function fits(match: Match, reply: Reply): boolean {
  const { status, type, header, where, exact, xml, text } = match
  const { kind, body, headers } = reply
  if (status !== undefined && !(typeof status === 'number' ? status === reply.status : status.includes(reply.status)))
    return false
  if (type !== undefined && type !== kind) return false
  if (header !== undefined && !all(header, name => headers[name])) return false
  if (where !== undefined && !(kind === 'json' && all(where, path => at(body, path)))) return false
  if (exact === true && !only(Object.keys(where ?? {}), body)) return false
  if (xml !== undefined && !(kind === 'xml' && all(xml, path => at(body, path)))) return false
  return text === undefined || (kind === 'text' && holds(text, body))
}

function all(conditions: Readonly<Record<string, Condition>>, found: (path: string) => unknown): boolean {
  for (const path in conditions) if (!holds(conditions[path] ?? null, found(path))) return false
  return true
}

/** Whether an object has no fields but those in which the paths begin. */
function only(paths: readonly string[], body: unknown): boolean {
  const named = new Set(paths.map(path => path.split('.')[0]))
  return isRecord(body) && Object.keys(body).every(field => named.has(field))
}

/** Whether one value meets one condition. */
export function holds(condition: Condition, found: unknown): boolean {
  if (condition === 'present') return found !== undefined && found !== null && found !== ''
  if (condition === 'absent') return found === undefined || found === null
  if (Array.isArray(condition)) return condition.some((one: Scalar) => same(one, found))
  if (typeof condition === 'object' && condition !== null) {
    if ('is' in condition) return same(condition.is, found)
    const text = folded(found)
    if (typeof text !== 'string') return false
    if ('contains' in condition) return [condition.contains].flat().some(part => text.includes(part.toLowerCase()))
    if ('starts' in condition) return [condition.starts].flat().some(part => text.startsWith(part.toLowerCase()))
    return false
  }
  return same(condition, found)
}

/** A number may come as a text: some answer `"code": "20003"`. */
function same(wanted: Scalar, found: unknown): boolean {
  if (wanted === found) return true
  return typeof wanted === 'number' ? String(wanted) === found : folded(wanted) === folded(found)
}

function folded(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().toLowerCase() : value
}
