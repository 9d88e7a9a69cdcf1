import type { Database, Row } from './database.ts'
import { StoreError } from './store-error.ts'

const tables = [
  'watched',
  'verdicts',
  'transitions',
  'outbox',
  'outages',
  'rotations',
  'callers',
  'cursors',
  'told',
  'uses',
  'logs',
  'shown',
] as const

/** Whether the file is whole (https://www.sqlite.org/pragma.html#pragma_integrity_check), and how much is in it. */
export function checked(database: Database): {
  readonly faults: readonly string[]
  readonly counts: Readonly<Record<string, number>>
} {
  const faults = new Set<string>()
  const counts: Record<string, number> = {}
  function look(sql: string, see: (row: Row) => void): void {
    try {
      for (const row of database.all(sql)) see(row)
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      faults.add(error.message)
    }
  }
  look('PRAGMA integrity_check', ({ integrity_check: text }) => text === 'ok' || faults.add(String(text)))
  look('PRAGMA foreign_key_check', ({ table }) => faults.add(`a row of ${String(table)} belongs to nothing`))
  for (const table of tables) look(`SELECT count(*) AS n FROM ${table}`, ({ n }) => (counts[table] = Number(n)))
  return { faults: [...faults], counts }
}

/** Every row, without what leads to a value. Times are milliseconds since 1970. */
export function* exported(database: Database): Generator<Row> {
  for (const table of tables) {
    let seen = 0
    for (;;) {
      const rows = database.all(`SELECT * FROM ${table} LIMIT 500 OFFSET ?`, seen)
      for (const row of rows) yield { table, ...withoutValues(row) }
      if (rows.length < 500) break
      seen += rows.length
    }
  }
}

function withoutValues(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => name !== '_metadata')
      .map(([name, value]) => [name, typeof value === 'string' && value.startsWith('{') ? shown(value) : value]),
  )
}

function shown(text: string): unknown {
  return JSON.parse(text, (name, value: unknown) =>
    name === 'keep' && typeof value === 'object' && value !== null ? Reflect.get(value, 'by') : value,
  )
}

/** Takes out verdicts, uses, changes and outages from before a time; never what still waits to be told, nor that it was told. Gives the number of rows. */
export function prune(database: Database, before: number): number {
  const old: readonly (readonly [string, string])[] = [
    ['verdicts', 'at < ?'],
    [
      'transitions',
      "at < ? AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.transition = transitions.id AND state = 'waiting')",
    ],
    ['outages', 'until < ?'],
    ['uses', 'at < ?'],
  ]
  return database.atomically(() =>
    old.reduce((sum, [table, where]) => {
      if (table === 'transitions')
        database.run(`INSERT OR IGNORE INTO told (id) SELECT id FROM transitions WHERE ${where}`, before)
      const count = Number(database.get(`SELECT count(*) AS n FROM ${table} WHERE ${where}`, before)?.n)
      database.run(`DELETE FROM ${table} WHERE ${where}`, before)
      return sum + count
    }, 0),
  )
}
