import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { type FormatName, formats, isFormatName } from '../report/formats.ts'
import { type Terminal, UsageError, whyUnread } from './terminal.ts'

const endings: Readonly<Record<string, FormatName>> = {
  json: 'json',
  jsonl: 'jsonl',
  sarif: 'sarif',
  csv: 'csv',
  md: 'markdown',
  html: 'html',
  htm: 'html',
  xml: 'junit',
  txt: 'table',
}

/** In characters. */
const mostHeld = 65_536

/** The format that was asked for, by name or by the ending of the file. */
export function formatFrom({ to, out }: { readonly to?: string; readonly out?: string }): FormatName {
  const ending = out === undefined ? undefined : endings[/\.([a-z]+)$/i.exec(out)?.[1]?.toLowerCase() ?? '']
  const name = to ?? ending ?? 'table'
  if (isFormatName(name)) return name
  throw new UsageError(`--to ${name}: there is no such format. There are: ${Object.keys(formats).join(', ')}`)
}

/** What is written is JSON, whole or line by line. */
export function isJson(format: string): boolean {
  return ['json', 'jsonl', 'sarif', 'ocsf'].includes(format)
}

/** Colour only repeats what a word says; https://no-color.org switches it off. */
export function isColored({ environment, outIsTerminal }: Terminal, { out }: { readonly out?: string }): boolean {
  return outIsTerminal && out === undefined && !environment.NO_COLOR
}

/** Where the report goes. Everything that is written passes `scrub` first. */
export interface Sink {
  write(text: string): Promise<void>
  /** As many at a time as one write takes well. */
  writeAll(texts: Iterable<string>): Promise<void>
  close(): Promise<void>
}

export async function sinkFor(
  terminal: Terminal,
  file: string | undefined,
  scrub: (text: string) => string,
): Promise<Sink> {
  if (file === undefined || file === '-')
    return sinkTo(
      text => terminal.out(scrub(text)),
      async () => undefined,
    )
  const stream = createWriteStream(file, { mode: 0o600 })
  await once(stream, 'open').catch((error: unknown) => {
    throw new UsageError(`--out: ${file} can not be written: ${whyUnread(error)}`)
  })
  return sinkTo(
    async text => {
      if (!stream.write(scrub(text))) await once(stream, 'drain')
    },
    async () => {
      stream.end()
      await finished(stream)
    },
  )
}

function sinkTo(write: Sink['write'], close: Sink['close']): Sink {
  const writeAll = async (texts: Iterable<string>): Promise<void> => {
    let held = ''
    for (const text of texts) {
      held += text
      if (held.length < mostHeld) continue
      await write(held)
      held = ''
    }
    if (held !== '') await write(held)
  }
  return { write, writeAll, close }
}
