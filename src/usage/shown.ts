import { type Counted, together } from './coverage.ts'
import type { LogFormat } from './format.ts'
import type { Seen } from './tally.ts'

type Kept = Omit<Seen, 'format' | 'marks'> & { readonly format: string; readonly marks: readonly string[] }

/** A count as a text that can be kept. */
export function writtenCount({ logs, unknown }: Counted): string {
  const kept = logs
    .filter(({ events }) => events > 0)
    .map((seen): Kept => ({ ...seen, format: seen.format.id, marks: [...seen.marks] }))
  return JSON.stringify({ logs: kept, unknown })
}

/**
 * What was counted before with what was counted now. Where lines were not understood before, what came until then is no
 * longer vouched for: the count begins anew.
 */
export function withEarlier(text: string | undefined, now: readonly Counted[], formats: readonly LogFormat[]): Counted {
  const fresh = together(now)
  const kept: { readonly logs: readonly Kept[]; readonly unknown: number } =
    text === undefined ? { logs: [], unknown: 0 } : JSON.parse(text)
  const logs = kept.logs.flatMap(({ format: id, marks, ...seen }): Seen[] => {
    const format = formats.find(each => each.id === id)
    return format === undefined ? [] : [{ ...seen, format, marks: new Set(marks) }]
  })
  if (kept.unknown > 0 && fresh.logs.some(({ events }) => events > 0)) return fresh
  return together([{ logs, unknown: kept.unknown }, fresh])
}
