import type { Misuse } from '../model/misuse.ts'
import type { UsageEvent } from '../model/usage.ts'
import { Activity, familyOf } from './activity.ts'
import { kept, levels, session as sessions } from './constants.ts'
import { Earlier } from './earlier.ts'
import { finish } from './finish.ts'
import { History } from './history.ts'
import { isNewNetwork } from './network.ts'
import { type Score, score } from './score.ts'
import type { Maker, Setting } from './setting.ts'
import { Surroundings } from './surroundings.ts'

/** A session that ended, and how it was judged then. */
export interface Ended {
  readonly session: Activity
  readonly score: Score
  /** From a network that was new to the key. */
  readonly fresh: boolean
  readonly isAfter: boolean
}

/**
 * What the use of one key, and of the keys that it made, says: sessions scored one by one against those before them, in
 * one pass over events in the order of their time.
 */
export function assess(events: Iterable<UsageEvent>, setting: Setting): Misuse {
  const run = new Assessment(setting)
  for (const event of events) run.add(event)
  return run.end()
}

class Assessment {
  readonly #setting: Setting
  readonly #history: History
  /** By key, address and client; the one used longest ago first. */
  readonly #open = new Map<string, Activity>()
  /** Which session made a key: while it lasts itself, then what is known of it. */
  readonly #makers = new Map<string, Activity | Maker>()
  readonly #children = new Set<string>()
  #around: Surroundings | undefined
  #ended: Ended[] = []
  #omitted = 0
  #ours = 0
  #events = 0
  #last = 0
  readonly #before: Earlier

  constructor(setting: Setting) {
    this.#setting = setting
    this.#history = new History(setting.timeZone)
    this.#before = new Earlier(setting.timeZone)
  }

  add(event: UsageEvent): void {
    if (event.ours === true) {
      this.#ours += 1
      return
    }
    this.#events += 1
    this.#around ??= new Surroundings(this.#setting.leakedAt, beginning(this.#setting, event.at))
    this.#last = Math.max(this.#last, event.at)
    this.#expire(event.at - sessions.gap)
    const key = `${event.credential.uid}\0${event.ip ?? ''}\0${familyOf(event)?.family ?? ''}`
    let session = this.#open.get(key)
    if (session !== undefined && this.#isOver(session, event.at)) {
      this.#close([session])
      session = undefined
    }
    session ??= new Activity(event, this.#setting)
    session.add(event, this.#setting)
    // Set anew, so that the order of the map is that of the last use.
    this.#open.delete(key)
    this.#open.set(key, session)
    for (const id of event.made ?? []) this.#remember(id, session)
  }

  end(): Misuse {
    this.#close([...this.#open.values()])
    this.#open.clear()
    return finish({
      setting: this.#setting,
      ended: this.#ended,
      around: this.#around,
      before: this.#before.told(),
      omitted: this.#omitted,
      last: this.#last,
      ours: this.#ours,
      children: [...this.#children],
      known: {
        owner: this.#history.sessions,
        days: this.#history.days.size,
        coverage: this.#setting.coverage ?? [],
        events: this.#events,
      },
    })
  }

  /** A day long, or on both sides of the leak. */
  #isOver({ start }: Activity, at: number): boolean {
    const { leakedAt } = this.#setting
    return at - start >= sessions.longest || (leakedAt !== undefined && start < leakedAt && at >= leakedAt)
  }

  #expire(until: number): void {
    const over: [string, Activity][] = []
    for (const entry of this.#open) {
      if (entry[1].last >= until) break
      over.push(entry)
    }
    for (const [key] of over) this.#open.delete(key)
    if (over.length > 0) this.#close(over.map(([, session]) => session))
  }

  /** In an order that does not depend on how equal times came in. */
  #close(over: readonly Activity[]): void {
    for (const session of over.toSorted((a, b) => a.last - b.last || a.start - b.start || compare(keyOf(a), keyOf(b))))
      this.#judge(session)
  }

  #judge(session: Activity): void {
    const around = this.#around ?? new Surroundings(undefined, undefined)
    const judged = this.#score(session, around)
    const fresh = this.#history.sessions > 0 && isNewNetwork(session, this.#history)
    for (const id of session.made)
      if (this.#makers.get(id) === session) this.#makers.set(id, makerOf(session, judged.p))
    const isAfter = around.isAfter(session)
    const isTold = session.last >= (this.#setting.since ?? Number.NEGATIVE_INFINITY)
    if (!isAfter || !isTold) this.#before.add(session, judged.p)
    if (isTold && (isAfter || judged.p >= levels.review)) this.#keep({ session, score: judged, fresh, isAfter })
    around.note(session, this.#history)
    if (judged.p < levels.suspicious) this.#history.learn(session)
  }

  #score(session: Activity, around: Surroundings): Score {
    const of = { session, history: this.#history, setting: this.#setting, around }
    return score(of, this.#makerOf(session, around))
  }

  /** The session that made this session's key, judged as far as it has come. */
  #makerOf(session: Activity, around: Surroundings): Maker | undefined {
    const maker = this.#makers.get(session.uid)
    if (maker === undefined || maker === session) return this.#setting.madeBy
    if (!(maker instanceof Activity)) return maker
    return makerOf(maker, score({ session: maker, history: this.#history, setting: this.#setting, around }).p)
  }

  /** The oldest are forgotten where there are very many: temporary keys are used at once. */
  #remember(id: string, session: Activity): void {
    if (id === session.uid || this.#makers.has(id)) return
    this.#makers.set(id, session)
    const [oldest] = this.#makers.keys()
    if (this.#makers.size > kept.values && oldest !== undefined) this.#makers.delete(oldest)
    if (this.#children.size < kept.things) this.#children.add(id)
  }

  #keep(ended: Ended): void {
    this.#ended.push(ended)
    if (this.#ended.length < kept.sessions * 2) return
    const all = this.#ended.length
    this.#ended = this.#ended.toSorted((a, b) => b.score.p - a.score.p).slice(0, kept.sessions)
    this.#omitted += all - this.#ended.length
  }
}

function makerOf({ uid, ip, client }: Activity, p: number): Maker {
  return {
    p,
    shown: uid,
    within: true,
    ...(ip !== undefined && { ip }),
    ...(client !== undefined && { client: client.family }),
  }
}

/** Where the log begins by its own word; else with its first event. */
function beginning({ coverage = [] }: Setting, first: number): number {
  const starts = coverage
    .filter(({ state }) => state === 'ok' || state === 'empty')
    .map(({ window }) => Date.parse(window?.from ?? ''))
    .filter(Number.isFinite)
  return Math.min(first, ...starts)
}

function keyOf({ uid, ip = '', client }: Activity): string {
  return `${uid}\0${ip}\0${client?.family ?? ''}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
