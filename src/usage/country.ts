/** ISO 3166-1 alpha-2 of a country that a log calls by its English name; a code stays as it is. */
export function countryCode(name: unknown): string | undefined {
  if (typeof name !== 'string') return undefined
  return /^[A-Za-z]{2}$/.test(name) ? name.toUpperCase() : codes().get(name.toLowerCase())
}

let known: ReadonlyMap<string, string> | undefined

/** Names by the Unicode CLDR that Node carries, and those that Okta's and others' address databases write instead. */
function codes(): ReadonlyMap<string, string> {
  if (known !== undefined) return known
  const found = new Map<string, string>()
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCodePoint(65 + i))
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  for (const code of letters.flatMap(first => letters.map(second => first + second))) {
    const name = names.of(code)?.toLowerCase()
    if (name !== undefined && !found.has(name)) found.set(name, code)
  }
  const others = {
    'hong kong': 'HK',
    'russian federation': 'RU',
    turkey: 'TR',
    'czech republic': 'CZ',
    macedonia: 'MK',
  }
  known = new Map([...found, ...Object.entries(others)])
  return known
}
