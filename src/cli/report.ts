import { readFile } from 'node:fs/promises'
import { isRecord } from '../model/path.ts'
import type { Report } from '../model/run.ts'
import { reasons } from '../model/verdict.ts'
import { formats } from '../report/formats.ts'
import { formatFrom, isColored, sinkFor } from './output.ts'
import { type ExitCode, type Terminal, UsageError, whyUnread } from './terminal.ts'

/** `afterleak report RUN.json`: a finished run in another format. */
export async function reportCommand(
  terminal: Terminal,
  file: string,
  options: { readonly to?: string; readonly out?: string; readonly all?: true },
): Promise<ExitCode> {
  const format = formatFrom(options)
  const report = await reportIn(file)
  const sink = await sinkFor(terminal, options.out, text => text)
  const color = isColored(terminal, options)
  await sink.writeAll(formats[format].write(report, { width: terminal.width, color, all: options.all === true }))
  await sink.close()
  return 0
}

/** A report as a file holds it. Whatever else the file is, is wrong use. */
export async function reportIn(file: string): Promise<Report> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file} could not be read: ${whyUnread(error)}`)
  })
  const parsed = parse(text)
  if (isReport(parsed)) return parsed
  throw new UsageError(`${file} is not a report of a run. Write one with: afterleak check FILE --to json --out ${file}`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isReport(value: unknown): value is Report {
  return (
    isRecord(value) &&
    value.schema === 1 &&
    isRecord(value.run) &&
    typeof value.run.id === 'string' &&
    isRecord(value.summary) &&
    Array.isArray(value.warnings) &&
    value.warnings.every(isRecord) &&
    Array.isArray(value.cases) &&
    value.cases.every(isCase)
  )
}

function isCase(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value.verdict) || !isRecord(value.facts)) return false
  const { state, reason, because, checkedAt, evidence } = value.verdict
  const known =
    typeof state === 'string' &&
    Object.hasOwn(reasons, state) &&
    [because, reason, checkedAt, value.id, value.shown].every(text => typeof text === 'string')
  return known && [evidence, value.findings].every(list => Array.isArray(list) && list.every(isRecord))
}
