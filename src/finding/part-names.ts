import type { Row } from '../text/row.ts'

/** Named texts as parts; a name that comes again gets a number, and one without a name is `part`. */
export function partsNamed(pairs: readonly (readonly [name: unknown, text: unknown])[]): Row {
  const parts = new Map<string, unknown>()
  const counts = new Map<string, number>()
  for (const [given, text] of pairs) {
    const name = typeof given === 'string' && given !== '' ? given : 'part'
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    parts.set(count === 1 ? name : `${name}_${count}`, text)
  }
  return Object.fromEntries(parts)
}
