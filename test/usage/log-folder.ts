import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../src/store/database.ts'
import { type LogMark, Logs } from '../../src/store/logs.ts'
import type { LogFormat } from '../../src/usage/format.ts'
import { logFormats } from '../../src/usage/formats.ts'
import { logFiles } from '../../src/usage/log-files.ts'
import { newParts } from '../../src/usage/log-parts.ts'
import { LogReader } from '../../src/usage/read.ts'
import { folder } from '../cli/support.ts'

export let place: string
export let logs: Logs
/** Lines that were made. */
export let written = 0

/** Begins with an empty folder, of which nothing is remembered. */
export async function begin(): Promise<void> {
  place = folder()
  written = 0
  logs = new Logs(await openDatabase(':memory:'))
}

/** A file of the folder. */
export const path = (name: string): string => join(place, name)
const minutes = (n: number): string => String(Math.floor(n / 60) % 60).padStart(2, '0')

/** The next line of a web server's log: each has a path of its own. */
export function web(n = ++written): string {
  return `192.0.2.7 - alice [20/Nov/2026:10:${minutes(n)}:${String(n % 60).padStart(2, '0')} +0000] "GET /n${n} HTTP/1.1" 200 5 "-" "curl/8.0"\n`
}

export function trail(n = ++written): string {
  const eventTime = `2026-11-20T10:${minutes(n)}:00Z`
  return `${JSON.stringify({ eventVersion: '1.08', eventID: `n${n}`, eventTime, eventSource: 's3.amazonaws.com', eventName: `GetN${n}`, userIdentity: { accessKeyId: 'none' } })}\n`
}

/** A row of PostgreSQL's csvlog: its message has two lines, and marks that separate nothing. */
export function row(n = ++written): string {
  const second = `2026-11-20 10:${minutes(n)}:${String(n % 60).padStart(2, '0')} UTC`
  return `${second},app,n${n},42,192.0.2.7:5000,a.b,${n},authentication,${second},1/1,0,LOG,00000,"connection authorized: user=app database=n${n},; \t\n""as said""",,,,,,,,,psql\n`
}

/** A line of PostgreSQL's log, whose user is known by an earlier one of its session. */
export function said(n = ++written): string {
  const second = `2026-11-20 10:${minutes(n)}:${String(n % 60).padStart(2, '0')} UTC`
  return `${second} [42] LOG:  connection authorized: user=app database=n${n}                              .\n`
}

/** The operations that a reading sees, and what it warns of. Lines that are being written may still go on. */
export async function readNew(more: readonly LogFormat[] = []): Promise<{
  readonly seen: readonly string[]
  readonly who: readonly string[]
  readonly warned: readonly string[]
  names: readonly string[]
}> {
  const [seen, who, warned, names]: [string[], string[], string[], string[]] = [[], [], [], []]
  const warn = ({ message }: { readonly message: string }): void => void warned.push(message)
  const marks: LogMark[] = []
  const keep = (mark: LogMark): void => void marks.push(mark)
  for await (const input of newParts(logFiles(place), { marks: logs, warn, keep })) {
    names.push(input.name.replace(place, ''))
    const reader = new LogReader(input, { formats: [...more, ...logFormats], warn })
    for await (const { events } of reader.read()) {
      seen.push(...events.map(event => numberIn(event.action, event.resource)))
      who.push(...events.map(({ principals: [name = 'nobody'] }) => name))
    }
    input.done?.(reader.goesOn)
  }
  for (const mark of marks) logs.keep(mark, 0)
  return { seen, who, warned, names }
}

export function numberIn(...texts: readonly (string | undefined)[]): string {
  return /\d+/.exec(texts.join(' ').replace(/^.*n(?=\d)/i, ''))?.[0] ?? texts.join(' ')
}

/** Its last write was long ago. */
export function settle(name: string): void {
  const long = new Date(Date.now() - 3_600_000)
  utimesSync(path(name), long, long)
}
