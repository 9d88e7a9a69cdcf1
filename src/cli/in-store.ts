import { openStore, storeFile } from '../composition/watching.ts'
import type { Database } from '../store/database.ts'
import { StoreError } from '../store/store-error.ts'
import { WatchList } from '../store/watch-list.ts'
import { stateFrom } from './settings.ts'
import { type ExitCode, type Terminal, UsageError, whyUnread } from './terminal.ts'

interface Opened {
  readonly list: WatchList
  readonly database: Database
  readonly file: string
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Does something with the store of watched keys, and closes it whatever happens. */
export async function inStore(terminal: Terminal, work: (opened: Opened) => Promise<ExitCode>): Promise<ExitCode> {
  const database = await storeOf(terminal)
  try {
    const file = storeFile(stateFrom(terminal.environment))
    return await work({ list: new WatchList(database), database, file, now: Date.now() })
  } finally {
    database.close()
  }
}

/** The store of this machine. Where its folder can't be made, that is wrong use. */
export async function storeOf({ environment }: Terminal): Promise<Database> {
  return openStore(stateFrom(environment)).catch((error: unknown) => {
    if (error instanceof StoreError) throw error
    const folder = stateFrom(environment)
    throw new UsageError(
      `what is watched is kept in ${folder}, which can not be written: ${whyUnread(error)}. Set XDG_STATE_HOME to a folder that can be.`,
    )
  })
}
