import { checked, exported, prune } from '../store/upkeep.ts'
import { inStore } from './in-store.ts'
import { momentFrom } from './moment.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** `afterleak store check`: whether the store is whole, and what it holds. */
export async function storeCheck(terminal: Terminal): Promise<ExitCode> {
  return inStore(terminal, async ({ database, file }) => {
    const { faults, counts } = checked(database)
    await terminal.out(
      `${file}\n${Object.entries(counts)
        .map(([table, count]) => `  ${table}: ${count}\n`)
        .join('')}`,
    )
    for (const fault of faults) await terminal.out(`BROKEN: ${fault}\n`)
    if (faults.length === 0) await terminal.out('whole\n')
    return faults.length === 0 ? 0 : 1
  })
}

/** `afterleak store export`: everything in it, a JSON line for each row; sealed values and references are left out. */
export async function storeExport(terminal: Terminal): Promise<ExitCode> {
  return inStore(terminal, async ({ database }) => {
    for (const line of exported(database)) await terminal.out(`${JSON.stringify(line)}\n`)
    return 0
  })
}

/** `afterleak store prune`: takes out what is older and was told. */
export async function storePrune(terminal: Terminal, { before }: { readonly before: string }): Promise<ExitCode> {
  return inStore(terminal, async ({ database }) => {
    const at = momentFrom('--before', before, new Date()) ?? 0
    await terminal.out(`${prune(database, at)} rows taken out\n`)
    return 0
  })
}
