import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case } from '../model/credential.ts'
import type { Report } from '../model/run.ts'
import type { UsageEvent } from '../model/usage.ts'
import { json } from '../report/json.ts'
import type { Input } from '../text/input.ts'

/** A file as it was: what anybody can compare. */
export interface ReadFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

interface Evidence {
  readonly report: Report
  readonly events: (id: string) => Iterable<UsageEvent>
  /** Reads of the key where it is kept. */
  readonly reads: (id: string) => Iterable<UsageEvent>
  /** The logs that were read. */
  readonly read: readonly ReadFile[]
  /** Sees every byte; what is JSON stays JSON. */
  readonly scrub: (text: string) => string
}

/** Makes the folder, for its owner alone. Throws where it can't be made, and where something is in it already. */
export function bundleFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (readdirSync(folder).length > 0)
    throw new Error('there is something in it already, and evidence is never written over')
}

/**
 * Writes what the result rests on: the report, the events that were relied on as JSON lines, and a manifest with the
 * SHA-256 of both, of each log as it was read, and the head of the run's ledger.
 */
export function writeBundle(folder: string, { report, events, reads, read, scrub }: Evidence): void {
  const put = (name: string, text: string): ReadFile => {
    const bytes = Buffer.from(scrub(text))
    writeFileSync(join(folder, name), bytes, { mode: 0o600, flag: 'wx' })
    return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  }
  const lines = report.cases.flatMap(one => [
    ...reliedOn(one, events(one.id)),
    ...[...reads(one.id)].map(event => line(one.id, event)),
  ])
  const files = [put('report.json', [...json(report)].join('')), put('events.jsonl', lines.join(''))]
  const { id, version, started, finished, ledgerHead } = report.run
  const manifest = { schema: 1, run: { id, version, started, finished }, ledgerHead, files, logs: read }
  put('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`)
}

/** The events that a session names, those that made other keys, and our own. */
function reliedOn({ id, misuse }: Case, events: Iterable<UsageEvent>): readonly string[] {
  const named = new Set(misuse?.sessions.flatMap(session => session.events))
  const lines: string[] = []
  for (const event of events)
    if (named.has(event.id) || event.made !== undefined || event.ours === true) lines.push(line(id, event))
  return lines
}

function line(id: string, event: UsageEvent): string {
  return `${JSON.stringify({ case: id, ...event, at: new Date(event.at).toISOString() })}\n`
}

/** The inputs, each with its hash told once it was read to its end. */
export async function* hashed(
  inputs: AsyncIterable<Input> | Iterable<Input>,
  tell: (file: ReadFile) => void,
): AsyncGenerator<Input> {
  for await (const input of inputs) {
    let isTold = false
    yield {
      ...input,
      async *open() {
        const hash = createHash('sha256')
        let bytes = 0
        for await (const chunk of input.open()) {
          hash.update(chunk)
          bytes += chunk.length
          yield chunk
        }
        if (!isTold) tell({ name: input.name, bytes, sha256: hash.digest('hex') })
        isTold = true
      },
    }
  }
}
