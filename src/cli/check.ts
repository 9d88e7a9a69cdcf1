import { readBatches } from '../finding/read.ts'
import type { Case } from '../model/credential.ts'
import type { Finding, Warning } from '../model/finding.ts'
import { Keyring } from '../model/keyring.ts'
import type { Report } from '../model/run.ts'
import { check, understand } from '../pipeline.ts'
import { UnresolvedReference } from '../reference/unresolved.ts'
import { formats } from '../report/formats.ts'
import { caseLine } from '../report/jsonl.ts'
import { reportOf } from '../report.ts'
import { openRun } from '../run.ts'
import { keepReport } from '../store/last-report.ts'
import { dryRun } from './dry-run.ts'
import { exitCode } from './exit-code.ts'
import { findingFromParts, inputsFrom } from './inputs.ts'
import type { CheckOptions } from './options.ts'
import { formatFrom, isColored, sinkFor } from './output.ts'
import { progressOn } from './progress.ts'
import { settingsFrom } from './settings.ts'
import { withSource } from './source.ts'
import { type ExitCode, type Terminal, UsageError, whyUnread } from './terminal.ts'

/** `afterleak check`: findings in, verdicts out. */
export async function checkCommand(
  terminal: Terminal,
  files: readonly string[],
  options: CheckOptions,
): Promise<ExitCode> {
  const format = formatFrom(options)
  const { catalog, run: settings, deadline } = await settingsFrom(options, terminal)
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
  const started = { ...settings, warn, signal: stop.signal, dry: options.dryRun === true }
  const run = await openRun(catalog, started, keyring).catch((error: unknown) => {
    stop.clear()
    if (error instanceof UnresolvedReference) throw new UsageError(`fingerprint_key: ${error.message}`)
    throw new UsageError(
      `the ledger can not be written in ${settings.state}, and nothing is sent without it: ${whyUnread(error)}. Set XDG_STATE_HOME to a folder that can be written.`,
    )
  })
  if (options.resume && run.resumed === undefined)
    warn({ file: 'state', message: 'there is no stopped run to resume; this one starts from the beginning.' })
  const cases: Case[] = []
  // A resumed run that fails on a reference keeps what it took over.
  let complete = run.resumed === undefined
  try {
    const typed = await findingFromParts(options, run.resolve)
    complete = true
    const reading = { secret: (text: string) => keyring.of(text), warn, from: options.from, provider: options.provider }
    const read = chained(typed, readBatches(inputs, reading))
    const planned = await understand(await withSource(read, options, terminal, { ...reading, catalog }), run.walk)
    const nothingRead = inputs.length > 0 && warnings.filter(({ unreadable }) => unreadable).length >= inputs.length
    const sink = await sinkFor(terminal, options.out, text =>
      keyring.scrub(text, isJson(options.dryRun ? options.to : format) ? 'json' : 'text'),
    )
    if (options.dryRun) {
      for (const text of dryRun(planned, options.to === 'json' || options.to === 'jsonl' ? options.to : 'text'))
        await sink.write(text)
      await sink.close()
      return nothingRead ? 2 : 0
    }
    const progress = progressOn(terminal, planned, options.quiet === true)
    complete = false
    for await (const one of check(planned, run.walk)) {
      cases.push(one)
      progress.done(one)
      if (options.verbose) terminal.error(keyring.scrub(said(one)))
      if (format === 'jsonl') for (const text of caseLine(one)) await sink.write(text)
    }
    progress.end()
    const report = reportOf(run, cases, warnings, keyring.scrub(commandOf(files, options)))
    if (format !== 'jsonl')
      for (const text of formats[format].write(report, {
        width: terminal.width,
        color: isColored(terminal, options),
        all: options.all === true,
      }))
        await sink.write(text)
    await sink.close()
    if (options.out !== undefined && !options.quiet)
      terminal.error(
        `${report.summary.live} live, ${report.summary.unknown} undecided, ${report.summary.dead} dead, ${report.summary.skipped} set aside → ${options.out}\n`,
      )
    complete = !stop.signal.aborted
    keepForExplain(settings.state, report, keyring, warn)
    return nothingRead ? 2 : exitCode(report, options.failOn)
  } finally {
    // Also after a fault: what was sent stays in the ledger, and an answer in the journal can be resumed.
    await run.close(complete)
    stop.clear()
  }
}

/** `afterleak explain` reads it. The report was written already, so a full disk is no reason to fail. */
function keepForExplain(state: string, report: Report, keyring: Keyring, warn: (warning: Warning) => void): void {
  try {
    keepReport(state, report, text => keyring.scrub(text, 'json'))
  } catch (error) {
    warn({ file: 'state', message: `the report could not be kept for afterleak explain: ${whyUnread(error)}.` })
  }
}

function isJson(format: string | undefined): boolean {
  return format === 'json' || format === 'jsonl' || format === 'sarif'
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

function said({ name, shown, verdict: { state, reason, evidence } }: Case): string {
  const calls = evidence.map(({ request, status, note }) => `  ${request} → ${status ?? note ?? 'no answer'}\n`)
  return `${name ?? 'nobody'} ${shown}: ${state}/${reason}\n${calls.join('')}`
}

function commandOf(files: readonly string[], { provider, host, out, to }: CheckOptions): string {
  const words = [
    'afterleak check',
    ...files,
    provider && `--provider ${provider}`,
    ...host.map(each => `--host ${each}`),
    to && `--to ${to}`,
    out && `--out ${out}`,
  ]
  return words.filter(word => word !== undefined && word !== '').join(' ')
}
