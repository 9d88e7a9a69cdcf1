import type { Warning } from '../model/finding.ts'
import { isRecord } from '../model/path.ts'
import { parseSpan } from './parse-address.ts'
import { RangeTable } from './range-table.ts'

/** What a list says of the addresses in it: an exit of Tor, a VPN, a data centre; any other name is that of a cloud. */
export interface ListAbout {
  readonly name: string
  /** `2026-08-22`: the day of its addresses. */
  readonly date: string
  readonly source?: string
  readonly licence?: string
  /** Numbers of whole autonomous systems. */
  readonly asns: readonly number[]
}

export interface List {
  readonly about: ListAbout
  readonly table: RangeTable
}

/** Faults of one list that are named; the rest are counted. */
const faultsNamed = 5

/**
 * One list: an address, a network or an AS number (`AS9009`) a line; `#` begins a comment, and `# date: 2026-08-22`,
 * `# source: …`, `# licence: …` say what it is. A line that is none of these is a warning, and the rest is read.
 */
export function readList(
  name: string,
  file: string,
  text: string,
  fallback: Date,
): { readonly list: List; readonly warnings: readonly Warning[] } {
  const spans = []
  const asns = new Set<number>()
  const head = new Map<string, string>()
  const faults: Warning[] = []
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const [, word, value] = /^#\s*(date|source|licence):\s*(.+?)\s*$/.exec(raw) ?? []
    if (word !== undefined && value !== undefined) head.set(word, value)
    const line = (raw.split('#', 1)[0] ?? '').replace(/^\uFEFF/, '').trim()
    if (line === '') continue
    const asn = /^AS(\d{1,10})$/i.exec(line)?.[1]
    const span = asn === undefined ? parseSpan(line) : undefined
    if (asn !== undefined) asns.add(Number(asn))
    else if (span !== undefined) spans.push({ ...span, label: 0 })
    else
      faults.push({
        file,
        line: index + 1,
        message: `"${line.slice(0, 40)}" is no address, network or AS number. Write one a line: 192.0.2.1, 192.0.2.0/24 or AS64500.`,
      })
  }
  const date = head.get('date')
  const [source, licence] = [head.get('source'), head.get('licence')]
  const list = {
    about: {
      name,
      date: date !== undefined && !Number.isNaN(Date.parse(date)) ? date : fallback.toISOString().slice(0, 10),
      ...(source !== undefined && { source }),
      ...(licence !== undefined && { licence }),
      asns: [...asns].toSorted((a, b) => a - b),
    },
    table: RangeTable.of(spans),
  }
  return { list, warnings: shortened(faults, file) }
}

/** `tor.txt`, `tor-exits.txt`, `vpn-ipv4.txt`, `vpn-asn.txt`: files of one list by the beginning of their names. */
export function listNameOf(file: string): string {
  const name = file.replace(/\.txt$/i, '').toLowerCase()
  const kind = ['tor', 'vpn', 'datacenter', 'hosting'].find(each => name === each || name.startsWith(`${each}-`))
  return kind === 'hosting' ? 'datacenter' : (kind ?? name.replace(/-(?:ipv4|ipv6|asn)$/, ''))
}

/** Two files of one list as one; the older date counts. */
export function together(a: List, b: List): List {
  const labelled = [...spansOf(a.table), ...spansOf(b.table)]
  return {
    about: {
      ...a.about,
      date: a.about.date < b.about.date ? a.about.date : b.about.date,
      asns: [...new Set([...a.about.asns, ...b.about.asns])].toSorted((x, y) => x - y),
    },
    table: RangeTable.of(labelled),
  }
}

export function isListAbout(value: unknown): value is ListAbout {
  return (
    isRecord(value) && typeof value.name === 'string' && typeof value.date === 'string' && Array.isArray(value.asns)
  )
}

function shortened(faults: readonly Warning[], file: string): readonly Warning[] {
  if (faults.length <= faultsNamed) return faults
  const rest = faults.length - faultsNamed
  return [...faults.slice(0, faultsNamed), { file, message: `${rest} more lines are no addresses either.` }]
}

/** The ranges of a table, as what they were made of. */
export function* spansOf({ v4, v6 }: RangeTable) {
  for (const [index, label] of v4.label.entries())
    yield { first: v4.first[index] ?? 0, last: v4.last[index] ?? 0, label }
  for (const [index, label] of v6.label.entries())
    yield { first: wordsAt(v6.first, index), last: wordsAt(v6.last, index), label }
}

function wordsAt(column: Uint32Array, index: number): readonly [number, number, number, number] {
  const [a = 0, b = 0, c = 0, d = 0] = column.subarray(index * 4, index * 4 + 4)
  return [a, b, c, d]
}
