import { linear } from '../catalog/matcher.ts'
import type { Source } from '../catalog/vocabulary.ts'
import { at, isRecord } from '../model/path.ts'
import type { Facts } from '../model/reading.ts'
import type { Reply } from '../model/request.ts'

/** The value that a source names in an answer, whole: a cursor, an address, an id. For what goes back to its provider only. */
export function valueIn(source: Source, { kind, body, headers }: Reply, facts: Facts = {}): string | undefined {
  if (typeof source === 'string') return textOf(under(body, source))
  if ('fact' in source) return facts[source.fact]
  const { find } = source
  const text =
    'header' in source
      ? headers[source.header]
      : 'xml' in source
        ? kind === 'xml'
          ? textOf(under(body, source.xml))
          : undefined
        : textOf(under(body, source.json))
  if (text === undefined || find === undefined) return text
  return linear(find).within(text)[0]
}

/** An id under a path, as text. */
export function valueAt(body: unknown, path: string): string | undefined {
  return textOf(under(body, path))
}

/** A whole path may be one name, as `@odata.nextLink` is. */
function under(body: unknown, path: string): unknown {
  return isRecord(body) && Object.hasOwn(body, path) ? body[path] : at(body, path)
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
