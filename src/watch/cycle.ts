import type { Runbook } from '../model/credential.ts'
import type { Misuse } from '../model/misuse.ts'
import type { Verdict } from '../model/verdict.ts'
import type { Standing, Transition, Watched } from '../model/watch.ts'
import type { Database } from '../store/database.ts'
import { Outbox } from '../store/outbox.ts'
import { type Entry, WatchList } from '../store/watch-list.ts'
import { nextAt } from './next.ts'
import { isUnasked, observe } from './observe.ts'
import { deadlinesOf, neededBy, rotated, stretchOf } from './open-rotations.ts'
import { outageOverTold, outageTold } from './outage.ts'
import type { Policy } from './policy.ts'
import { toldOf } from './telling.ts'
import { callersOf, type ServiceOf, seenIn, usesTold } from './used.ts'
import { isWave } from './wave.ts'

/** What was heard of one watched key. */
export interface Answer {
  readonly id: string
  readonly verdict: Verdict
  readonly runbook?: Pick<Runbook, 'where' | 'steps'> | undefined
  /** What logs say of its use since the last time. */
  readonly misuse?: Misuse | undefined
}

/** Asks about watched keys: an answer for each, in any order. */
export type Ask = (watched: readonly Watched[], run: { readonly now: number }) => AsyncIterable<Answer>

export interface CycleOptions {
  readonly database: Database
  readonly ask: Ask
  readonly now: () => number
  readonly policy: Policy
  /** Names of those who are told of a change. */
  readonly receivers: (change: Transition) => readonly string[]
  /** The name of the run in whose ledger the calls stand. */
  readonly run: string
  readonly signal?: AbortSignal | undefined
  /** What is new of keys that are not asked about now: before the first is, and after the last. */
  readonly ofOthers?: (() => AsyncIterable<Pick<Answer, 'id'> & { readonly misuse: Misuse }>) | undefined
  /** Which service a caller is. */
  readonly serviceOf?: ServiceOf
  /** Keys asked about at a time; what one handful has found out is kept together. */
  readonly handful?: number
}

/** What one cycle did. */
export interface Cycled {
  readonly asked: number
  readonly told: readonly Transition[]
}

/** Asks about every key whose time has come, and keeps what is new about it. Nothing of a stopped cycle is lost but the handful under way. */
export async function cycle(options: CycleOptions): Promise<Cycled> {
  const { database, ask, now, handful = 500, signal } = options
  const list = new WatchList(database)
  const started = now()
  const told: Transition[] = []
  const stopped = (): boolean => signal?.aborted === true
  let asked = 0
  await others()
  for (;;) {
    const due = list.due(started, handful)
    if (due.length === 0 || stopped()) {
      if (asked > 0 && !stopped()) await others()
      told.push(...database.atomically(() => rotated(options, list)))
      return { asked, told }
    }
    const answers = new Map<string, Answer>()
    for await (const answer of ask(
      due.map(({ watched }) => watched),
      { now: now() },
    ))
      answers.set(answer.id, answer)
    if (stopped()) return { asked, told }
    told.push(...database.atomically(() => kept(due, answers, options, list)))
    asked += due.length
  }

  async function others(): Promise<void> {
    const heard: { readonly id: string; readonly misuse: Misuse }[] = []
    for await (const other of options.ofOthers?.() ?? []) heard.push(other)
    told.push(
      ...database.atomically(() =>
        heard.flatMap(({ id, misuse }) => {
          const entry = list.one(id)
          return entry === undefined ? [] : used(entry, misuse, options, list)
        }),
      ),
    )
  }
}

function kept(
  due: readonly Entry[],
  answers: ReadonlyMap<string, Answer>,
  options: CycleOptions,
  list: WatchList,
): readonly Transition[] {
  const { database, now: clock, policy, receivers, run } = options
  const outbox = new Outbox(database)
  const now = clock()
  const told: Transition[] = []
  const tell = (transition: Transition): void => {
    if (outbox.add(transition, receivers(transition))) told.push(transition)
  }
  const inTrouble = new Set<string>()
  const waveAt = (provider: string): boolean => isWave(list.troubles(provider, now - policy.outageLasts), policy)
  // Counted once for a handful: in an outage of many keys each count is long.
  const waves = new Map<string, boolean>()
  const waveOf = (provider: string): boolean => {
    const wave = waves.get(provider) ?? waveAt(provider)
    waves.set(provider, wave)
    return wave
  }
  /** Providers that decided something, and whether they let a key in. */
  const decided = new Map<string, { readonly name: string; readonly lives: boolean }>()
  const deadlines = deadlinesOf(list)
  const heard = due.flatMap(({ watched: { id }, standing: { checkedAt } }) => {
    const entry = list.one(id)
    // While it was asked about, somebody has taken it out, or another process has heard of it.
    if (entry === undefined || entry.standing.checkedAt !== checkedAt) return []
    const { verdict = unanswered, runbook, misuse } = answers.get(id) ?? {}
    return { ...entry, verdict, runbook, misuse, weight: weightOf(entry.standing, verdict) }
  })
  // Whoever is told by the others' answers comes after them.
  for (const { watched, standing: before, verdict, runbook, misuse, weight } of heard.toSorted(
    (a, b) => a.weight - b.weight,
  )) {
    const { id, provider } = watched
    const wave = weight === 2 && !isUnasked(verdict) && waveOf(provider)
    const overdueAt = policy.rotateEvery === undefined ? undefined : watched.addedAt + policy.rotateEvery
    const { standing, changes, held } = observe(before, verdict, { now, policy, wave, overdueAt })
    if (held && list.outage(provider) === undefined) {
      const { first, count } = list.troubles(provider, now - policy.outageLasts)
      list.openOutage(provider, first)
      tell(outageTold(watched, { since: first, count, now }))
    }
    const after = {
      ...standing,
      ...(verdict.identity !== undefined && { identity: verdict.identity }),
      nextAt: nextAt(id, standing, {
        now,
        policy,
        outage: held || (wave && list.outage(provider) !== undefined),
        byLookup: watched.keep.by === 'lookup',
        retryAt: verdict.retryAt === undefined ? undefined : Date.parse(verdict.retryAt),
        deadline: deadlines.get(id),
      }),
    }
    list.save(watched, after)
    if (!isUnasked(verdict) && (after.doubtedAt === now || after.undecidedAt === now)) inTrouble.add(provider)
    const { state, reason, because } = verdict
    list.keep({ watched: id, at: now, state, reason, because, run })
    for (const change of changes)
      tell(toldOf(change, { watched, before, after, now, because, runbook, needed: neededBy(id, list, now) }))
    if (misuse !== undefined) told.push(...used({ watched, standing: after }, misuse, options, list))
    if (state === 'live' || state === 'dead')
      decided.set(provider, {
        name: watched.name,
        lives: state === 'live' || decided.get(provider)?.lives === true,
      })
  }
  for (const [provider, { name, lives }] of decided) perhapsOver({ provider, name }, lives)
  for (const provider of inTrouble) list.summon(provider, now, witnesses)
  return told

  /** An outage ends when the provider tells keys apart again, or when all of them are believed to be dead. */
  function perhapsOver({ provider, name }: Pick<Watched, 'provider' | 'name'>, lives: boolean): void {
    const since = list.outage(provider)
    if (since === undefined || waveAt(provider)) return
    list.endOutage(provider, now)
    tell(outageOverTold({ provider, name }, { since, lives, now }))
  }
}

/** Keeps who used a key, and gives what of that is to be told. */
function used(
  { watched, standing }: Pick<Entry, 'watched' | 'standing'>,
  misuse: Misuse,
  { database, now, receivers, serviceOf = () => undefined }: CycleOptions,
  list: WatchList,
): readonly Transition[] {
  const outbox = new Outbox(database)
  list.seen(watched.id, callersOf(misuse, serviceOf))
  const seen = seenIn(misuse, stretchOf(watched.id, list))
  if (seen !== undefined) {
    list.moveCursor(watched.id, 'usage_from', new Date(seen.from).toISOString())
    list.moveCursor(watched.id, 'usage', new Date(seen.until).toISOString())
  }
  return usesTold(watched, standing, misuse, now()).filter(transition => outbox.add(transition, receivers(transition)))
}

/** Keys of a provider that are asked about when one of them seems to be dead, or gives no answer. */
const witnesses = 5

/** 0: it works; 1: for the first time it seems not to; 2: whether that is believed depends on the others. */
function weightOf(before: Standing, { state }: Pick<Verdict, 'state'>): 0 | 1 | 2 {
  if (state === 'live') return 0
  return state === 'dead' && before.doubtedAt === undefined ? 1 : 2
}

const unanswered: Pick<Verdict, 'state' | 'reason' | 'because' | 'retryAt' | 'identity'> = {
  state: 'unknown',
  reason: 'cancelled',
  because: 'Nothing was heard of it.',
}
