import { openDatabase } from './database.ts'

/** The right to ask, until it is given back or the process ends, however it ends. */
export interface Turn {
  end(): void
}

/**
 * Lets one process of a machine at a time through; undefined where another has the turn. It is held as an open
 * transaction on a file of its own, so that the operating system takes it back from a process that was killed.
 */
export async function takeTurn(file: string): Promise<Turn | undefined> {
  const database = await openDatabase(file, { durable: false })
  try {
    database.get('PRAGMA busy_timeout = 0')
    database.run('BEGIN IMMEDIATE')
  } catch (error) {
    database.close()
    if (isBusy(error)) return undefined
    throw error
  }
  return {
    end() {
      database.run('ROLLBACK')
      database.close()
    },
  }
}

/** https://www.sqlite.org/rescode.html#busy, as either driver tells it. */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'errcode' in error ? error.errcode : 'code' in error ? error.code : undefined
  return code === 5 || code === 'SQLITE_BUSY'
}
