import { openDatabase } from './database.ts'
import { StoreError } from './store-error.ts'

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
    if (error instanceof StoreError && error.busy) return undefined
    throw error
  }
  return {
    end() {
      database.run('ROLLBACK')
      database.close()
    },
  }
}
