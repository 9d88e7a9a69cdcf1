/** `500ms`, `10s`, `2m`, `1h` in milliseconds; undefined for anything else. */
export function milliseconds(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text.trim()) ?? []
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
  return number === undefined ? undefined : Number(number) * (units[unit ?? ''] ?? 1)
}
