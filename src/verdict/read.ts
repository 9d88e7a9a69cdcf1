import { linear } from '../catalog/matcher.ts'
import type { Source } from '../catalog/vocabulary.ts'
import { at } from '../model/path.ts'
import type { Reply } from '../model/request.ts'

/** The longest value that leaves a reply, in characters. */
const longest = 200

/** The values that a source names in an answer; empty where there is none. */
export function values(source: Source, { kind, body, headers }: Reply, facts: Readonly<Record<string, string>>): readonly string[] {
  return read(source, kind, body, headers, facts).map(text => [...text].slice(0, longest).join(''))
}

function read(source: Source, kind: Reply['kind'], body: unknown, headers: Reply['headers'], facts: Readonly<Record<string, string>>): readonly string[] {
  if (typeof source === 'string') return kind === 'json' ? texts(at(body, source)) : []
  if ('fact' in source) return texts(facts[source.fact])
  if ('header' in source) {
    const value = headers[source.header]
    if (value === undefined) return []
    const parts = source.split === undefined ? [value] : value.split(source.split)
    return found(parts.map(part => part.trim()).filter(part => part !== ''), source.find)
  }
  if ('xml' in source) return kind === 'xml' ? found(texts(at(body, source.xml)), source.find) : []
  return kind === 'json' ? found(texts(at(body, source.json)), source.find) : []
}

function found(candidates: readonly string[], pattern: string | undefined): readonly string[] {
  if (pattern === undefined) return candidates
  const matcher = linear(pattern)
  return candidates.flatMap(text => matcher.within(text).slice(0, 1))
}

function texts(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(texts)
  if (typeof value === 'string') return [value]
  return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : []
}

/** A date as providers write them (ISO 8601, `2026-01-02 15:04:05 UTC`, `… -0700`, seconds or milliseconds since 1970), as ISO 8601. */
export function date(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const number = /^\d{9,14}(?:\.\d+)?$/.test(text) ? Number(text) : undefined
  const milliseconds = number === undefined ? (/^\d*$/.test(text) ? Number.NaN : Date.parse(text)) : number > 1e11 ? number : number * 1000
  return Number.isFinite(milliseconds) && milliseconds > 0 && milliseconds < 8.64e15 ? new Date(milliseconds).toISOString() : undefined
}
