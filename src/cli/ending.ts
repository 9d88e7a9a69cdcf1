import type { Case } from '../model/credential.ts'
import type { Report } from '../model/run.ts'
import { type FormatName, formats } from '../report/formats.ts'
import { keepReport } from '../store/last-report.ts'
import { exitCode } from './exit-code.ts'
import type { CheckOptions } from './options.ts'
import { isColored } from './output.ts'
import type { Running } from './running.ts'
import { type ExitCode, type Terminal, whyUnread } from './terminal.ts'

/** Writes the report in the format that was asked for. */
export async function written(
  terminal: Terminal,
  { sink }: Running,
  report: Report,
  format: FormatName,
  options: CheckOptions,
): Promise<void> {
  const { width } = terminal
  const color = isColored(terminal, options)
  await sink.writeAll(formats[format].write(report, { width, color, all: options.all === true }))
}

/** Closes what was written, says so, keeps the report for `explain`, and tells the exit code. */
export async function ended(
  terminal: Terminal,
  { sink, settings, keyring, warn }: Running,
  report: Report,
  { out, quiet, failOn }: CheckOptions,
): Promise<ExitCode> {
  await sink.close()
  const { live, unknown, dead, skipped } = report.summary
  if (out !== undefined && !quiet)
    terminal.error(`${live} live, ${unknown} undecided, ${dead} dead, ${skipped} set aside → ${out}\n`)
  try {
    keepReport(settings.state, report, text => keyring.scrub(text, 'json'))
  } catch (error) {
    // The report was written already, so a full disk is no reason to fail.
    warn({ file: 'state', message: `the report could not be kept for afterleak explain: ${whyUnread(error)}.` })
  }
  return exitCode(report, failOn)
}

/** One case for --verbose: the verdict, and what was asked for it. */
export function said({ name, shown, verdict: { state, reason, evidence } }: Case): string {
  const calls = evidence.map(({ request, status, note }) => `  ${request} → ${status ?? note ?? 'no answer'}\n`)
  return `${name ?? 'nobody'} ${shown}: ${state}/${reason}\n${calls.join('')}`
}

/** The command line as the report has it. */
export function commandOf(
  command: string,
  files: readonly string[],
  { provider, host, out, to }: CheckOptions,
  more: readonly string[] = [],
): string {
  const words = [
    `afterleak ${command}`,
    ...files,
    provider && `--provider ${provider}`,
    ...host.map(each => `--host ${each}`),
    ...more,
    to && `--to ${to}`,
    out && `--out ${out}`,
  ]
  return words.filter(word => word !== undefined && word !== '').join(' ')
}
