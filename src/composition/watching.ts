import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { remembering } from '../lookup/remembering.ts'
import type { Case } from '../model/credential.ts'
import type { Finding } from '../model/finding.ts'
import type { Verdict } from '../model/verdict.ts'
import type { Watched } from '../model/watch.ts'
import { type Checked, checkWithParts, understand } from '../pipeline.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { type MachinePace, machinePace } from '../store/machine-pace.ts'
import { type Turn, takeTurn } from '../store/turn.ts'
import type { Answer, Ask } from '../watch/cycle.ts'
import { publicParts, type Values, valuesOf } from '../watch/value.ts'
import type { OpenRun } from './run.ts'
import { lookedUp, type Sources } from './sources.ts'
import { caseOf } from './watched-case.ts'
import type { WatchedUses } from './watched-uses.ts'

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

/** The right to ask about watched keys; undefined while another process of this machine does. Has to be given back. */
export function openTurn(state: string): Promise<Turn | undefined> {
  return takeTurn(join(state, 'turn.db'))
}

export function storeFile(state: string): string {
  return join(state, 'watch.db')
}

export interface WatchingOptions extends Values {
  readonly run: OpenRun
  /** Where their use is read too. */
  readonly uses?: Pick<WatchedUses, 'assessed'> | undefined
}

/** Asks about watched keys by the same walk as every check: read their values, identify, plan, probe, judge. */
export function asking({ run, uses, ...values }: WatchingOptions): Ask {
  return async function* (keys: readonly Watched[]): AsyncGenerator<Answer> {
    const checked: Checked[] = []
    for await (const each of checking(keys, run, values))
      if (uses === undefined) yield answerOf(each.one)
      else checked.push(each)
    if (uses === undefined) return
    const misuse = await uses.assessed(checked)
    for (const { one } of checked) yield { ...answerOf(one), misuse: misuse.get(one.id) }
  }
}

/** Each of these keys, as it is decided. */
async function* checking(keys: readonly Watched[], run: OpenRun, values: Values): AsyncGenerator<Checked> {
  const ids = new Map<string, Watched>()
  const found: Finding[] = []
  const { sources } = run.walk
  const asked = sources && { ...sources, send: remembering(sources.send) }
  for (const key of keys) {
    if (key.keep.by === 'lookup') {
      yield caseOf(key, await listed(key, asked))
      continue
    }
    const parts = await valuesOf(key, values)
    if (typeof parts === 'string') yield caseOf(key, unread(parts))
    else {
      const at = key.leakedAt === undefined ? {} : { at: new Date(key.leakedAt).toISOString() }
      ids.set(key.id, key)
      found.push({ tool: 'json', provider: key.provider, parts, place: { file: key.id, ...at } })
    }
  }
  const planned = await understand(handfuls(found), run.walk)
  const seen = new Set(planned.map(({ subject }) => subject.id))
  for (const key of ids.values()) if (!seen.has(key.id)) yield caseOf(key, unread(another[key.keep.by]))
  const known = planned.filter(({ subject }) => ids.has(subject.id))
  yield* checkWithParts(known, run.walk)
}

/** A reference that holds another key now says nothing of the one that is watched. */
const another: Readonly<Record<Watched['keep']['by'], string>> = {
  reference: 'Its reference holds another key now, so nothing was asked. Watch the old one by a reference of its own.',
  encrypted: 'What was kept of it is no key of this provider any more.',
  lookup: 'Its value is not kept.',
}

/** What its provider's own lists say of a key whose value is not kept. */
async function listed(watched: Watched, sources: Sources | undefined): Promise<Verdict> {
  const { id, provider, kind, facts, host } = watched
  const parts = publicParts(watched)
  const key = { id, provider, kind, facts, parts, ...(host !== undefined && { host }) }
  const told = sources === undefined ? [] : await lookedUp(key, sources)
  const decided = told.find(({ verdict }) => verdict !== undefined)?.verdict
  return decided ?? unread(told[0]?.looked.why ?? 'Its value is not kept, and no look-up tells of it.')
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
