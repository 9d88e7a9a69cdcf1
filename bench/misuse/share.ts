/** A share with its 95 % interval (Wilson 1927). */
export function share(hits: number, of: number): string {
  if (of === 0) return '–'
  const z = 1.96
  const q = hits / of
  const middle = (q + z ** 2 / (2 * of)) / (1 + z ** 2 / of)
  const half = (z / (1 + z ** 2 / of)) * Math.sqrt((q * (1 - q)) / of + z ** 2 / (4 * of ** 2))
  const percent = (value: number): string => (100 * Math.min(1, Math.max(0, value))).toFixed(1)
  return `${hits}/${of} = ${percent(q)} % [${percent(middle - half)}, ${percent(middle + half)}]`
}
