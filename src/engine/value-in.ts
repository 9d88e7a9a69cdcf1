import { linear } from '../catalog/matcher.ts'
import type { Source } from '../catalog/vocabulary.ts'
import { at } from '../model/path.ts'
import type { Facts } from '../model/reading.ts'
import type { Reply } from '../model/request.ts'

/** The value that a source names in an answer, whole: a cursor, an address, an id. For what goes back to its provider only. */
export function valueIn(source: Source, { kind, body, headers }: Reply, facts: Facts = {}): string | undefined {
  if (typeof source === 'string') return textOf(at(body, source))
  if ('fact' in source) return facts[source.fact]
  const { find } = source
  const text =
    'header' in source
      ? headers[source.header]
      : 'xml' in source
        ? kind === 'xml'
          ? textOf(at(body, source.xml))
          : undefined
        : textOf(at(body, source.json))
  if (text === undefined || find === undefined) return text
  return linear(find).within(text)[0]
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
