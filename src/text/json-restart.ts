/** How a record begins: its bracket and its first key, as its neighbours begin too. */
export function opening(record: string): string | undefined {
  return /^\{\s*"[^"\n]{1,100}"/.exec(record)?.[0]
}

/**
 * Where the next record begins in text that a broken one has swallowed; -1 where none does. A record at the start of its
 * line has neighbours with the same margin; one within a line has them after a comma.
 */
export function nextRecord(text: string, start: string, margin: string | undefined): number {
  if (margin !== undefined) return text.indexOf(`\n${margin}${start}`, 1)
  return text.search(new RegExp(`,\\s*${start.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`))
}

/** The value of a slice; undefined where it is not JSON. */
export function scalar(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
