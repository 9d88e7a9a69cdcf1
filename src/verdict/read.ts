import { linear } from '../catalog/matcher.ts'
import type { Source } from '../catalog/vocabulary.ts'
import type { Parts } from '../model/credential.ts'
import { at } from '../model/path.ts'
import type { Reply } from '../model/request.ts'

/** The longest value that leaves a reply, in characters. */
const longest = 200

/** What a value may be read from: an answer, and what is known of the key that it answers. */
export interface Readable {
  readonly reply: Reply
  readonly facts: Readonly<Record<string, string>>
  /** The key's own parts: an answer that repeats them is read without them. */
  readonly parts: Parts
}

/** The values that a source names in an answer; empty where there is none. */
export function values(source: Source, { reply, facts, parts }: Readable): readonly string[] {
  const whole = read(source, reply, facts).map(text => without(parts, text))
  const find = typeof source === 'string' || 'fact' in source ? undefined : source.find
  const found = find === undefined ? whole : whole.flatMap(text => linear(find).within(text).slice(0, 1))
  return found.map(text => (text.length > longest ? Array.from(text).slice(0, longest).join('') : text))
}

function read(source: Source, { kind, body, headers }: Reply, facts: Readable['facts']): readonly string[] {
  if (typeof source === 'string') return kind === 'json' ? texts(at(body, source)) : []
  if ('fact' in source) return texts(facts[source.fact])
  if ('header' in source) {
    const value = headers[source.header]
    const parts = value === undefined ? [] : source.split === undefined ? [value] : value.split(source.split)
    return parts.map(part => part.trim()).filter(part => part !== '')
  }
  const [wanted, path] = 'xml' in source ? ['xml', source.xml] : ['json', source.json]
  return kind === wanted ? texts(at(body, path)) : []
}

/** Takes the key out of a text before it is cut to length, which would leave a piece that no longer looks like the key. */
function without(parts: Parts, text: string): string {
  let rest = text
  for (const part of Object.values(parts)) if (!part.public) rest = part.secret.outOf(rest)
  return rest
}

function texts(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(texts)
  if (typeof value === 'string') return [value]
  return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : []
}

/**
 * A date as providers write them (ISO 8601, `2026-01-02 15:04:05 UTC`, `… -0700`, seconds or milliseconds since 1970),
 * as ISO 8601. One without a zone is taken as UTC, wherever this runs.
 */
export function date(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const number = /^\d{9,14}(?:\.\d+)?$/.test(text) ? Number(text) : undefined
  // The runtime makes a date of almost anything ("0", "in 3 days"); these are the forms that mean one.
  if (number === undefined && !/^(?:\d{4}-\d\d-\d\d|[A-Z][a-z]{2},? \S)/.test(text)) return undefined
  const zoned = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/.test(text) ? `${text.replace(' ', 'T')}Z` : text
  const milliseconds = number === undefined ? Date.parse(zoned) : number > 1e11 ? number : number * 1000
  if (!Number.isFinite(milliseconds) || milliseconds <= 0 || milliseconds >= 8.64e15) return undefined
  return new Date(milliseconds).toISOString()
}
