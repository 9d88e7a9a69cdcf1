import { dependentsOf } from '../address/services.ts'
import type { Service } from '../model/inventory.ts'
import { type SheetRow, sheetCsv, sheetMarkdown } from '../report/dependency-sheet.ts'
import type { Entry, WatchList } from '../store/watch-list.ts'
import { nameOf } from '../watch/telling.ts'
import { noneRepeated } from './check-options.ts'
import { inStore } from './in-store.ts'
import { sinkFor } from './output.ts'
import { settingsFrom } from './settings.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

export interface InventoryOptions {
  readonly to: string
  readonly out?: string
  readonly config?: string
}

/** `afterleak inventory export`: who uses each watched key, by logs and by the inventory. */
export async function inventoryExport(terminal: Terminal, options: InventoryOptions): Promise<ExitCode> {
  const { to, out } = options
  if (to !== 'markdown' && to !== 'csv')
    throw new UsageError(`--to ${to}: the inventory can be written as markdown or csv`)
  const { services } = await settingsFrom({ touch: false, failOn: 'never', ...noneRepeated, ...options }, terminal)
  return inStore(terminal, async ({ list }) => {
    const rows = [...list.every()].flatMap(entry => rowsOf(entry, list, services))
    const sink = await sinkFor(terminal, out, text => text)
    await sink.writeAll(to === 'csv' ? sheetCsv(rows) : sheetMarkdown(rows))
    await sink.close()
    return 0
  })
}

function rowsOf({ watched, standing }: Entry, list: WatchList, services: readonly Service[]): readonly SheetRow[] {
  const byName = new Map(services.map(service => [service.name, service]))
  const key = { key: nameOf(watched), id: watched.id, provider: watched.provider, state: standing.state }
  const seen = list.callers(watched.id).map(({ name, known, lastAt }): SheetRow => {
    const service = known ? byName.get(name) : undefined
    const at = new Date(lastAt).toISOString()
    return { ...key, caller: name, known, owner: service?.owner, stores: service?.stores ?? [], lastAt: at }
  })
  const named = dependentsOf(watched, undefined, services)
    .filter(({ service }) => !seen.some(({ caller }) => caller === service))
    .map(({ service, owner }): SheetRow => {
      const { stores = [] } = byName.get(service) ?? {}
      return { ...key, caller: service, known: true, owner, stores }
    })
  const rows = [...seen, ...named]
  // That nobody is known is what a sheet is for, too.
  return rows.length > 0 ? rows : [{ ...key, caller: '', known: false, stores: [] }]
}
