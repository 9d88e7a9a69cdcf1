import { type Cell, cellText } from './csv.ts'
import { code, inline, row } from './markdown-text.ts'

/** One use of one key: who has to change something when it is replaced. */
export interface SheetRow {
  readonly key: string
  readonly id: string
  readonly provider: string
  readonly state: string
  /** A service, or an address and a client that no service is known by; empty where nobody is known to use the key. */
  readonly caller: string
  readonly known: boolean
  readonly owner?: string | undefined
  /** Where the service reads it. */
  readonly stores: readonly string[]
  /** ISO 8601. */
  readonly lastAt?: string | undefined
}

const columns: readonly (readonly [name: string, cell: (one: SheetRow) => Cell])[] = [
  ['key', one => one.key],
  ['id', one => one.id],
  ['provider', one => one.provider],
  ['state', one => one.state],
  ['caller', one => one.caller],
  ['in_inventory', one => (one.caller === '' ? '' : one.known ? 'yes' : 'no')],
  ['owner', one => one.owner],
  ['stores', one => one.stores.join(' ')],
  ['last_used', one => one.lastAt],
]

/** The sheet as CSV (RFC 4180). */
export function* sheetCsv(rows: readonly SheetRow[]): Generator<string> {
  yield `${columns.map(([name]) => name).join(',')}\r\n`
  for (const one of rows) yield `${columns.map(([, cell]) => cellText(cell(one))).join(',')}\r\n`
}

/** The sheet as Markdown: a table for each key. */
export function* sheetMarkdown(rows: readonly SheetRow[]): Generator<string> {
  yield '# Who uses which key\n'
  for (const [id, uses] of byKey(rows)) {
    const [first] = uses
    yield `\n## ${inline(first?.key ?? id)}\n\n${code(id)}, ${inline(first?.state ?? '')}\n\n`
    yield row(['Who', 'Owner', 'Reads it from', 'Last used'])
    yield row(['---', '---', '---', '---'])
    for (const { caller, known, owner = '', stores, lastAt } of uses)
      yield row([
        caller === '' ? 'nobody known' : known ? inline(caller) : `${code(caller)} (unknown)`,
        inline(owner),
        inline(stores.join(', ')),
        lastAt === undefined ? 'not seen' : `${lastAt.slice(0, 16).replace('T', ' ')}Z`,
      ])
  }
}

function byKey(rows: readonly SheetRow[]): ReadonlyMap<string, readonly SheetRow[]> {
  const keys = new Map<string, SheetRow[]>()
  for (const one of rows) keys.set(one.id, [...(keys.get(one.id) ?? []), one])
  return keys
}
