/** A generator of numbers below 1 that gives the same ones for the same seed. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Random = () => number

const huge = 'h'.repeat(200_000)
const deep: unknown = JSON.parse(`${'['.repeat(1500)}${']'.repeat(1500)}`)
const deepObject: unknown = JSON.parse(`${'{"scans":[{"a":'.repeat(500)}1${'}]}'.repeat(500)}`)

/** What may stand where a scanner would write something else. */
const oddities: readonly ((value: unknown, random: Random) => unknown)[] = [
  () => null,
  () => true,
  () => -1,
  () => 1e308,
  () => '',
  () => ' \0\u2028 ',
  () => [],
  () => ({}),
  () => [null, 1, 'x', {}],
  () => JSON.parse('{"__proto__":{"x":1},"length":3,"then":1,"toString":"x"}'),
  value => [value],
  value => ({ value }),
  value => (typeof value === 'number' ? String(value) : Number.NaN),
  value => (typeof value === 'object' && value !== null ? Object.values(value) : value),
  value => (Array.isArray(value) ? Object.fromEntries(value.entries()) : value),
  value => (Array.isArray(value) ? [...value, ...value, null] : value),
  (_value, random) => (random() < 0.02 ? huge : 'short'),
  (_value, random) => (random() < 0.02 ? deep : 1),
  (_value, random) => (random() < 0.02 ? deepObject : 2),
]

/** A JSON text, of one document or of lines, with a few of its values replaced or left out. */
export function retyped(text: string, random: Random): string {
  const rows = text.trim().split('\n')
  const documents = rows.every(row => row.startsWith('{')) && rows.length > 1 ? rows : [text]
  const spoiled = documents.map(each => {
    let document: unknown = JSON.parse(each)
    for (let i = random() * 3; i > 0; i--) document = replaced(document, random)
    return JSON.stringify(document, undefined, documents.length === 1 && random() < 0.5 ? 1 : undefined) ?? ''
  })
  return spoiled.join('\n')
}

function replaced(value: unknown, random: Random): unknown {
  const stop = random() < 0.12
  if (!stop && Array.isArray(value) && value.length > 0) {
    const at = Math.floor(random() * value.length)
    return value.map((each, i) => (i === at ? replaced(each, random) : each))
  }
  if (!stop && typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    const entries = Object.entries(value)
    const at = Math.floor(random() * entries.length)
    if (random() < 0.08) return Object.fromEntries(entries.filter((_, i) => i !== at))
    return Object.fromEntries(entries.map(([key, each], i) => [key, i === at ? replaced(each, random) : each]))
  }
  return oddities[Math.floor(random() * oddities.length)]?.(value, random)
}

const scraps = ['"', '\n', '{', '}', '[', ']', ',', '\\', '&#x110000;', ']]>', '<failure', '\0', 'ä', 'hh']

/** Longer than what a format is recognised by. Long texts are as dear as hundreds of short ones, so they are rare. */
const beyondHead = 'h'.repeat(70_000)

/** Text with a few characters changed, put in or taken out, and perhaps without its end. */
export function damaged(text: string, random: Random): string {
  let spoiled = text
  for (let i = random() * 4; i > 0; i--) {
    const at = Math.floor(random() * spoiled.length)
    const scrap = random() < 0.001 ? beyondHead : (scraps[Math.floor(random() ** 2 * scraps.length)] ?? '')
    spoiled = spoiled.slice(0, at) + scrap + spoiled.slice(at + Math.floor(random() * 3))
  }
  return random() < 0.5 ? spoiled.slice(0, Math.floor(random() * spoiled.length)) : spoiled
}
