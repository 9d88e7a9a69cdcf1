import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { type Investigation, investigate } from './investigate.ts'
import { remembering } from './lookup/remembering.ts'
import type { Case } from './model/credential.ts'
import type { Finding } from './model/finding.ts'
import type { Verdict } from './model/verdict.ts'
import type { Watched } from './model/watch.ts'
import { type Checked, checkWithParts, type Planned, understand } from './pipeline.ts'
import type { OpenRun } from './run.ts'
import { lookedUp, type Sources } from './sources.ts'
import { type Database, openDatabase } from './store/database.ts'
import { type MachinePace, machinePace } from './store/machine-pace.ts'
import type { Answer, Ask } from './watch/cycle.ts'
import { type Values, valuesOf } from './watch/value.ts'

/** The store of watched keys in the state folder. */
export async function openStore(state: string): Promise<Database> {
  mkdirSync(state, { recursive: true, mode: 0o700 })
  const file = storeFile(state)
  // Before SQLite makes it for everyone to read.
  closeSync(openSync(file, 'a', 0o600))
  return openDatabase(file)
}

/** The pace of every host, shared by the processes of this machine. Has to be closed. */
export async function openPace(state: string): Promise<{ readonly pace: MachinePace; close(): void }> {
  mkdirSync(state, { recursive: true, mode: 0o700 })
  const database = await openDatabase(join(state, 'pace.db'), { durable: false })
  return { pace: machinePace(database), close: () => database.close() }
}

export function storeFile(state: string): string {
  return join(state, 'watch.db')
}

export interface WatchingOptions extends Values {
  readonly run: OpenRun
  /** Where logs are read too: opened for each handful, since they are read but once. */
  readonly investigation?: (() => Promise<Investigation>) | undefined
}

/** Asks about watched keys by the same walk as every check: read their values, identify, plan, probe, judge. */
export function asking({ run, investigation, ...values }: WatchingOptions): Ask {
  return async function* (keys: readonly Watched[]): AsyncGenerator<Answer> {
    const ids = new Map<string, Watched>()
    const found: Finding[] = []
    const { sources } = run.walk
    const asked = sources && { ...sources, send: remembering(sources.send) }
    for (const key of keys) {
      if (key.keep.by === 'lookup') {
        yield { id: key.id, verdict: await listed(key, key.keep.parts, asked) }
        continue
      }
      const parts = await valuesOf(key, values)
      if (typeof parts === 'string') yield { id: key.id, verdict: unread(parts) }
      else {
        ids.set(key.id, key)
        found.push({ tool: 'json', provider: key.provider, parts, place: { file: key.id } })
      }
    }
    const planned = await understand(handfuls(found), run.walk)
    yield* others(planned, ids)
    const checked: Checked[] = []
    for await (const each of checkWithParts(
      planned.filter(({ subject }) => ids.has(subject.id)),
      run.walk,
    )) {
      if (investigation === undefined) yield answerOf(each.one)
      else checked.push(each)
    }
    if (investigation !== undefined && checked.length > 0)
      for (const one of (await investigate(checked, await investigation())).cases)
        yield { ...answerOf(one), misuse: one.misuse }
  }
}

/** What its provider's own lists say of a key whose value is not kept. */
async function listed(
  { id, provider, kind, facts, host }: Watched,
  texts: Readonly<Record<string, string>>,
  sources: Sources | undefined,
): Promise<Verdict> {
  const parts = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, { public: true as const, text }]))
  const key = { id, provider, kind, facts, parts, ...(host !== undefined && { host }) }
  const told = sources === undefined ? [] : await lookedUp(key, sources)
  const decided = told.find(({ verdict }) => verdict !== undefined)?.verdict
  return decided ?? unread(told[0]?.looked.why ?? 'Its value is not kept, and no look-up tells of it.')
}

/** A reference that holds another key now says nothing of the one that is watched. */
function* others(planned: readonly Planned[], ids: ReadonlyMap<string, Watched>): Generator<Answer> {
  const seen = new Set(planned.map(({ subject }) => subject.id))
  for (const { id, keep } of ids.values())
    if (!seen.has(id))
      yield {
        id,
        verdict: unread(
          keep.by === 'reference'
            ? 'Its reference holds another key now, so nothing was asked. Watch the old one by a reference of its own.'
            : 'What was kept of it is no key of this provider any more.',
        ),
      }
}

function answerOf({ id, verdict, runbook }: Case): Answer {
  return { id, verdict, ...(runbook !== undefined && { runbook }) }
}

function unread(because: string): Verdict {
  return { state: 'skipped', reason: 'incomplete', because, checkedAt: new Date().toISOString(), evidence: [] }
}

async function* handfuls(found: readonly Finding[]): AsyncGenerator<readonly Finding[]> {
  yield found
}
