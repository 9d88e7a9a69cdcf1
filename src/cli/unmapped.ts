import type { Catalog } from '../catalog/catalog.ts'
import { overview } from '../composition/overview.ts'
import { Keyring } from '../model/keyring.ts'
import { unmappedTable } from '../report/overview-table.ts'
import { readingCode } from './findings.ts'
import { inputsFrom } from './inputs.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** `afterleak providers --unmapped`: the rules of some reports that no provider's file names. */
export async function unmappedRules(
  terminal: Terminal,
  files: readonly string[],
  {
    catalog,
    to,
    from,
  }: { readonly catalog: Catalog; readonly to: 'table' | 'json'; readonly from: string | undefined },
): Promise<ExitCode> {
  const keyring = new Keyring()
  const inputs = await inputsFrom(terminal, files, { part: [] })
  const understood = await overview(inputs, { catalog, keyring, from })
  const { rules, warnings } = understood
  const text =
    to === 'json'
      ? `${JSON.stringify({ rules, warnings }, null, 2)}\n`
      : [...unmappedTable(understood, terminal.width)].join('')
  await terminal.out(keyring.scrub(text, to === 'json' ? 'json' : 'text'))
  return readingCode(inputs.length, warnings)
}
