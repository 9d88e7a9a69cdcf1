import type { Row } from '../text/row.ts'

/**
 * Columns of custom tables in Azure Monitor's Log Analytics: an object's names joined by `_`, and behind them a letter for
 * the type. https://github.com/Azure/Azure-Sentinel/tree/master/Sample%20Data/Custom
 */
const typed = /_[sdbtg](?: \[UTC\])?$/
/** A record has more such names than happen to end so. */
const fewest = 4

type Entry = readonly [name: string, value: unknown]

/** A row of such a table as the record that it was, `actor_user_email_s` under `actor`, `user`, `email`; undefined for another. */
export function unfolded(row: Row): Row | undefined {
  const entries = Object.entries(row).filter(([, value]) => value !== '' && value !== null)
  if (entries.filter(([name]) => typed.test(name)).length < fewest) return undefined
  return within(entries.map(([name, value]) => [name.replace(typed, ''), structured(value)]))
}

/** Where a name ends and the next begins, a `_` does not tell: what begins alike is there as an object, for whoever asks. */
function within(entries: readonly Entry[]): Row {
  const found: Record<string, unknown> = Object.fromEntries(entries)
  const inner = new Map<string, Entry[]>()
  for (const [name, value] of entries)
    for (let end = name.indexOf('_', 1); end !== -1; end = name.indexOf('_', end + 1)) {
      const outer = name.slice(0, end)
      inner.set(outer, [...(inner.get(outer) ?? []), [name.slice(end + 1), value]])
    }
  for (const [name, some] of inner)
    if (!Object.hasOwn(found, name)) Object.defineProperty(found, name, { get: () => within(some) })
  return found
}

/** Lists and what is deeper stand as JSON in a text. */
function structured(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
