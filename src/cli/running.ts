import type { Keeping } from '../composition/foreseen.ts'
import { type OpenRun, openRun, type RunSettings } from '../composition/run.ts'
import type { Config } from '../config/config.ts'
import { readBatches } from '../finding/read.ts'
import type { Finding, Warning } from '../model/finding.ts'
import type { Service } from '../model/inventory.ts'
import { Keyring } from '../model/keyring.ts'
import { type Planned, understand } from '../pipeline.ts'
import { UnresolvedReference } from '../reference/unresolved.ts'
import { dryRun } from './dry-run.ts'
import { findingFromParts, inputsFrom } from './inputs.ts'
import type { CheckOptions } from './options.ts'
import { type Sink, sinkFor } from './output.ts'
import { SavedReports } from './saved-reports.ts'
import { settingsFrom } from './settings.ts'
import { withSource } from './source.ts'
import { type ExitCode, type Terminal, UsageError, whyUnread } from './terminal.ts'

/** What a command may ask for before any finding is read. */
export interface Opened {
  readonly settings: RunSettings
  readonly config: Config
  readonly services: readonly Service[]
  readonly run: OpenRun
  readonly keyring: Keyring
  readonly warn: (warning: Warning) => void
}

/** A run whose findings were read: now their providers can be asked. */
export interface Running extends Opened {
  readonly planned: readonly Planned[]
  /** Grows. */
  readonly warnings: readonly Warning[]
  readonly sink: Sink
}

interface Use<Prepared> {
  /** JSON stays JSON when secrets are taken out. */
  readonly isJson: boolean
  /** Providers' logs are read after the check, and those of stores that this names. */
  readonly pulls?: ((prepared: Prepared) => Keeping) | undefined
  /** Finds wrong use while nothing was sent or written yet. */
  readonly prepare: (opened: Opened) => Promise<Prepared>
  readonly go: (running: Running, prepared: Prepared) => Promise<ExitCode>
}

/** What every command does that begins with findings: settings, ledger, reading, --dry-run, and an orderly end. */
export async function running<Prepared>(
  terminal: Terminal,
  files: readonly string[],
  options: CheckOptions,
  { isJson, pulls, prepare, go }: Use<Prepared>,
): Promise<ExitCode> {
  const { catalog, config, services, run: settings, deadline } = await settingsFrom(options, terminal)
  if (options.provider !== undefined && catalog.byWord(options.provider) === undefined)
    throw new UsageError(
      `--provider ${options.provider}: there is no such provider. There are: ${[...catalog.providers.keys()].join(', ')}`,
    )
  const keyring = new Keyring()
  const inputs = await inputsFrom(terminal, files, options)

  const warnings: Warning[] = []
  const warn = (warning: Warning): void => {
    warnings.push(warning)
    if (!options.quiet)
      terminal.error(
        `${keyring.scrub(`${warning.file}${warning.line === undefined ? '' : `:${warning.line}`}: ${warning.message}`)}\n`,
      )
  }
  const stop = stopping(terminal.signal, deadline)
  const wanted = { ...settings, warn, signal: stop.signal, dry: options.dryRun === true }
  const run = await openRun(catalog, wanted, keyring).catch((error: unknown) => {
    stop.clear()
    if (error instanceof UnresolvedReference)
      throw new UsageError(error.message.startsWith('--admin ') ? error.message : `fingerprint_key: ${error.message}`)
    throw new UsageError(
      `the ledger can not be written in ${settings.state}, and nothing is sent without it: ${whyUnread(error)}. Set XDG_STATE_HOME to a folder that can be written.`,
    )
  })
  // A resumed run that ends before it asks keeps what it took over for the next.
  let complete = run.resumed === undefined
  try {
    const typed = await findingFromParts(options, run.resolve)
    const opened = { settings, config, services, run, keyring, warn }
    const prepared = await prepare(opened)
    complete = true
    const before = warnings.length
    if (options.resume && run.resumed === undefined)
      warn({ file: 'state', message: 'there is no stopped run to resume; this one starts from the beginning.' })
    const isProvider = (word: string): boolean => catalog.byWord(word) !== undefined
    const { from, provider } = options
    const reading = { secret: (text: string) => keyring.of(text), warn, from, provider, isProvider }
    const saved = new SavedReports()
    const read = chained(typed, readBatches(inputs, { ...reading, opened: saved.opened }))
    const planned = await understand(await withSource(read, options, terminal, { ...reading, catalog }), run.walk)
    saved.tell(planned, warn)
    const unread = warnings.slice(before).filter(({ unreadable }) => unreadable).length
    const nothingRead = inputs.length > 0 && unread >= inputs.length
    const json = options.dryRun ? options.to === 'json' || options.to === 'jsonl' : isJson
    const sink = await sinkFor(terminal, options.out, text => keyring.scrub(text, json ? 'json' : 'text'))
    if (options.dryRun) {
      const to = options.to === 'json' || options.to === 'jsonl' ? options.to : 'text'
      await sink.writeAll(dryRun(planned, run.walk, { to, keeping: pulls?.(prepared) }))
      await sink.close()
      return nothingRead ? 2 : 0
    }
    complete = false
    const code = await go({ ...opened, planned, warnings, sink }, prepared)
    complete = !stop.signal.aborted
    return nothingRead ? 2 : code
  } finally {
    // Also after a fault: what was sent stays in the ledger, and an answer in the journal can be resumed.
    await run.close(complete)
    stop.clear()
  }
}

async function* chained(
  first: Finding | undefined,
  rest: AsyncIterable<readonly Finding[]>,
): AsyncGenerator<readonly Finding[]> {
  if (first !== undefined) yield [first]
  yield* rest
}

/** One signal for both ways in which a run is stopped early. */
function stopping(signal: AbortSignal, deadline: Date | undefined): { readonly signal: AbortSignal; clear(): void } {
  const controller = new AbortController()
  const forward = (): void => controller.abort(signal.reason)
  if (signal.aborted) forward()
  signal.addEventListener('abort', forward, { once: true })
  const late = Object.assign(new Error(`the deadline of this run passed before the answer`), { name: 'DeadlineError' })
  const timer =
    deadline === undefined
      ? undefined
      : setTimeout(() => controller.abort(late), Math.max(0, Math.min(deadline.getTime() - Date.now(), 2_147_483_647)))
  const clear = (): void => {
    clearTimeout(timer)
    signal.removeEventListener('abort', forward)
  }
  return { signal: controller.signal, clear }
}
