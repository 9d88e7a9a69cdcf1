import { overview } from '../composition/overview.ts'
import { Keyring } from '../model/keyring.ts'
import { overviewTable } from '../report/overview-table.ts'
import { inputsFrom } from './inputs.ts'
import type { CheckOptions } from './options.ts'
import { sinkFor } from './output.ts'
import { settingsFrom } from './settings.ts'
import { withSource } from './source.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

/** The options of `findings`, as `check` has them. */
export type FindingsOptions = Pick<
  CheckOptions,
  'provider' | 'from' | 'to' | 'out' | 'config' | 'validators' | 'source' | 'only' | 'skip' | 'host'
>

/** `afterleak findings`: what was understood of each report. Sends nothing and keeps nothing. */
export async function findingsCommand(
  terminal: Terminal,
  files: readonly string[],
  options: FindingsOptions,
): Promise<ExitCode> {
  const to = tableOrJson('findings', options)
  const given: CheckOptions = { ...options, part: [], allowPrivate: [], admin: [], touch: true, failOn: 'never' }
  const { catalog, run } = await settingsFrom(given, terminal)
  if (options.provider !== undefined && catalog.byWord(options.provider) === undefined)
    throw new UsageError(
      `--provider ${options.provider}: there is no such provider. There are: ${[...catalog.providers.keys()].join(', ')}`,
    )
  const keyring = new Keyring()
  const inputs = await inputsFrom(terminal, files, given)
  const { from, provider } = options
  const understood = await overview(inputs, {
    catalog,
    keyring,
    from,
    provider,
    planning: run,
    through: (findings, reading) => withSource(findings, options, terminal, { ...reading, catalog }),
    ...(run.asks !== undefined && { asks: run.asks }),
  })
  const sink = await sinkFor(terminal, options.out, text => keyring.scrub(text, to === 'json' ? 'json' : 'text'))
  const { files: read, providers, warnings } = understood
  if (to === 'json') await sink.write(`${JSON.stringify({ files: read, providers, warnings }, null, 2)}\n`)
  else await sink.writeAll(overviewTable(understood, terminal.width))
  await sink.close()
  return readingCode(inputs.length, understood.warnings)
}

/** 0 all was read; 2 nothing could be; 3 some could not. */
export function readingCode(inputs: number, warnings: readonly { readonly unreadable?: true }[]): ExitCode {
  const unread = warnings.filter(({ unreadable }) => unreadable).length
  if (unread === 0) return 0
  return unread >= inputs ? 2 : 3
}

/** `--to`, else by the ending of the file, where a command knows no other than these two. */
export function tableOrJson(
  command: string,
  { to, out }: { readonly to?: string; readonly out?: string },
): 'table' | 'json' {
  const format = to ?? (out?.toLowerCase().endsWith('.json') ? 'json' : 'table')
  if (format !== 'table' && format !== 'json')
    throw new UsageError(`--to ${format}: ${command} can be written as table or json`)
  return format
}
