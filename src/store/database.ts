import { migrations } from './migrations.ts'
import { explained, StoreError } from './store-error.ts'

type Value = string | number | null
export type Row = Readonly<Record<string, unknown>>

interface Statement {
  run(...values: Value[]): unknown
  get(...values: Value[]): Row | undefined
  all(...values: Value[]): readonly Row[]
}

interface Driver {
  exec(sql: string): unknown
  prepare(sql: string): Statement
  close(): unknown
}

/** One embedded SQL database: a file of this machine, used by several processes at once. What goes wrong with the file is a `StoreError`. */
export interface Database {
  run(sql: string, ...values: Value[]): void
  get(sql: string, ...values: Value[]): Row | undefined
  all(sql: string, ...values: Value[]): readonly Row[]
  /** All of it or nothing; on disk when this returns. */
  atomically<T>(work: () => T): T
  close(): void
}

/** `durable`: a commit has reached the disk. Otherwise it has reached the operating system, and outlives the process. */
export interface OpenOptions {
  readonly durable?: boolean
}

/** How long one process waits for another's commit, in milliseconds. */
const patience = 10_000

/**
 * Opens the database and brings its tables up to date. Throws `StoreError` where no driver is there, where the file is
 * none, or where a newer version has written it.
 */
export async function openDatabase(file: string, { durable = true }: OpenOptions = {}): Promise<Database> {
  const driver = await opened(file)
  try {
    // https://www.sqlite.org/wal.html, https://www.sqlite.org/pragma.html#pragma_synchronous
    driver.exec(`PRAGMA busy_timeout = ${patience}; PRAGMA journal_mode = WAL`)
    driver.exec(`PRAGMA synchronous = ${durable ? 'FULL' : 'NORMAL'}; PRAGMA foreign_keys = ON`)
    const database = over(driver, file)
    migrate(database, file)
    return database
  } catch (thrown) {
    driver.close()
    const error = explained(thrown, file)
    if (error instanceof StoreError) throw error
    throw new StoreError(
      `${file} is not a store of afterleak, or is broken: ${said(error)}. Move it away to start anew.`,
    )
  }
}

function migrate(database: Database, file: string): void {
  const known = () => Number(database.get('PRAGMA user_version')?.user_version ?? 0)
  if (known() > migrations.length)
    throw new StoreError(`${file} was written by a newer afterleak. Use that version, or move the file away.`)
  if (known() === migrations.length) return
  database.atomically(() => {
    // Another process may have done it while this one waited.
    for (const statements of migrations.slice(known())) for (const sql of statements) database.run(sql)
    database.run(`PRAGMA user_version = ${migrations.length}`)
  })
}

function over(driver: Driver, file: string): Database {
  const prepared = new Map<string, Statement>()
  function tried<Result>(use: () => Result): Result {
    try {
      return use()
    } catch (error) {
      throw explained(error, file)
    }
  }
  const statement = (sql: string): Statement => {
    const known = prepared.get(sql) ?? driver.prepare(sql)
    prepared.set(sql, known)
    return known
  }
  const database: Database = {
    run: (sql, ...values) => void tried(() => statement(sql).run(...values)),
    get: (sql, ...values) => tried(() => statement(sql).get(...values)),
    all: (sql, ...values) => tried(() => statement(sql).all(...values)),
    atomically(work) {
      tried(() => driver.exec('BEGIN IMMEDIATE'))
      try {
        const result = work()
        tried(() => driver.exec('COMMIT'))
        return result
      } catch (error) {
        try {
          driver.exec('ROLLBACK')
        } catch {
          // A full disk has ended it already; the first error is the one to tell.
        }
        throw error
      }
    },
    close: () => {
      prepared.clear()
      driver.close()
    },
  }
  return database
}

/** The runtime's own SQLite where it has one (Node 22.13 and newer), else that of the package libsql. */
async function opened(file: string): Promise<Driver> {
  const own = await loaded('node:sqlite', 'DatabaseSync')
  const Open = own ?? (await loaded('libsql', 'default'))
  if (Open === undefined)
    throw new StoreError(
      'Watching needs SQLite: Node 22.13 or newer brings it; for older ones: npm install libsql (it is optional, and was left out or has no build for this machine).',
    )
  try {
    return new Open(file)
  } catch (error) {
    throw new StoreError(`${file} could not be opened: ${said(error)}`)
  }
}

type Opening = new (file: string) => Driver

async function loaded(name: string, as: string): Promise<Opening | undefined> {
  const module: unknown = await import(name).catch(() => undefined)
  if (typeof module !== 'object' || module === null) return undefined
  const found: unknown = Reflect.get(module, as)
  return isOpening(found) ? found : undefined
}

function isOpening(value: unknown): value is Opening {
  return typeof value === 'function'
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
