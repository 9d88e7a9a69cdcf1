import type { AddressContext } from '../model/address-context.ts'
import type { UsageEvent } from '../model/usage.ts'
import { addressBlock } from './address-block.ts'
import { type ClientFamily, clientFamily } from './client-family.ts'
import { hour, kept, sequence, operation as weights } from './constants.ts'
import type { OperationFact } from './operations/fact.ts'
import { factOf, operationOf } from './operations/knowledge.ts'
import { type Asked, askedFor } from './requests/asked.ts'
import type { Setting } from './setting.ts'
import { Taken } from './taken.ts'
import { Telling } from './telling.ts'

/** A sensitive operation that asked for nothing sensitive. */
const ordinary: OperationFact = { class: 'other', tactics: [], techniques: [], incidents: 0 }

/** One distinct operation of a session. */
export interface Use {
  readonly operation: string
  fact: OperationFact
  count: number
  failures: number
}

const clients = new Map<string, ClientFamily | undefined>()

/** A session under way: what the families of evidence need of its events, in memory that does not grow with them. */
export class Activity {
  readonly uid: string
  readonly ip: string | undefined
  readonly client: ClientFamily | undefined
  readonly address: AddressContext
  readonly asn: number | undefined
  readonly country: string | undefined
  /** The /24 or /48 that the address is in. */
  readonly block: string | undefined
  readonly start: number
  last: number
  count = 0
  calls = 0
  bytes = 0
  cost = 0
  succeeded = false
  readonly actors = new Set<string>()
  /** User agents as the log has them, a few. */
  readonly agents = new Set<string>()
  /** What the log itself found wrong. */
  readonly alarms = new Set<string>()
  /** The private way in that a call came by. */
  via: string | undefined
  /** Regions in which something was changed. */
  readonly regions = new Set<string>()
  readonly uses = new Map<string, Use>()
  /** Distinct operations beyond those that are kept. */
  more = 0
  readonly asked = new Map<string, Asked>()
  readonly taken = new Taken()
  readonly refused = new Map<string, number>()
  failedSignIns = 0
  /** Calls, bytes and cost by the hour since 1970. */
  readonly hours = new Map<number, { calls: number; bytes: number; cost: number }>()
  readonly made: string[] = []
  readonly telling = new Telling(kept.events)
  identityEarly: string | undefined
  /** Distinct read operations and services within ten minutes, once there are enough. */
  recon: { readonly reads: number; readonly services: number } | undefined
  /** Most look-ups of ten minutes by the clock. */
  lookUps = 0
  quarantine: string | undefined
  #before = 0
  #span = { index: 0, reads: 0 }
  #instant = 0
  readonly #reads = new Map<string, { at: number; service: string }>()

  constructor(first: UsageEvent, { lookup }: Setting) {
    this.uid = first.credential.uid
    this.ip = first.ip
    this.client = familyOf(first)
    this.address = first.ip === undefined ? {} : (lookup?.(first.ip) ?? {})
    this.asn = first.asn ?? this.address.asn
    this.country = first.country ?? this.address.country
    this.block = first.ip === undefined ? undefined : addressBlock(first.ip)
    this.start = first.at
    this.last = first.at
  }

  add(event: UsageEvent, setting: Setting): void {
    this.#countTo(event.at)
    const asked = askedFor(event, setting)
    const fact = factFor(event, asked)
    const name = operationOf(event)
    this.count += 1
    const calls = event.count ?? 1
    this.calls += calls
    this.bytes += event.bytes ?? 0
    this.cost += event.cost ?? 0
    this.succeeded ||= event.outcome !== 'failure'
    this.#addNames(event, fact)
    this.#addUse(name, fact, event)
    this.#addHour(event, calls)
    this.#addSequence(event, name, fact)
    this.taken.add(event, name)
    if (event.made !== undefined) for (const id of event.made) if (this.made.length < kept.things) this.made.push(id)
    const found = asked === 'harmless' ? undefined : asked
    if (found?.quarantine !== undefined) this.quarantine ??= found.quarantine
    else if (found !== undefined) this.#ask(found)
    this.telling.add(event, weights.weight[fact.class] + (found?.llr ?? 0) * 2)
  }

  #addNames({ actor, userAgent, via, region, alarm }: UsageEvent, { class: of }: OperationFact): void {
    if (actor !== undefined && this.actors.size < kept.actions) this.actors.add(actor)
    if (userAgent !== undefined && this.agents.size < kept.events) this.agents.add(userAgent)
    if (alarm !== undefined && this.alarms.size < kept.events) this.alarms.add(alarm)
    if (via !== undefined) this.via ??= via
    if (region !== undefined && (of === 'write' || of === 'sensitive') && this.regions.size < kept.actions)
      this.regions.add(region)
  }

  #countTo(at: number): void {
    if (at > this.last) this.#before += this.#instant
    if (at > this.last || this.count === 0) this.#instant = 0
    this.#instant += 1
    if (at > this.last) this.last = at
  }

  #addUse(operation: string, fact: OperationFact, { outcome }: UsageEvent): void {
    const use = this.uses.get(operation)
    const failed = outcome === 'failure' ? 1 : 0
    if (use !== undefined) {
      use.count += 1
      use.failures += failed
      if (weights.weight[fact.class] > weights.weight[use.fact.class]) use.fact = fact
    } else if (this.uses.size < kept.actions) this.uses.set(operation, { operation, fact, count: 1, failures: failed })
    else this.more += 1
  }

  #addHour({ at, bytes = 0, cost = 0 }: UsageEvent, calls: number): void {
    const index = Math.floor(at / hour)
    const sums = this.hours.get(index)
    if (sums === undefined) this.hours.set(index, { calls, bytes, cost })
    else {
      sums.calls += calls
      sums.bytes += bytes
      sums.cost += cost
    }
  }

  #addSequence(event: UsageEvent, name: string, fact: OperationFact): void {
    if (fact.class === 'identity' && this.#before < sequence.identityWithin) {
      if (this.identityEarly === undefined || name < this.identityEarly) this.identityEarly = name
    }
    if (isRefusal(event)) this.refused.set(name, (this.refused.get(name) ?? 0) + 1)
    // STS is asked for another role, not for a way in.
    if (event.outcome === 'failure' && event.verb === 'auth' && event.service !== 'sts')
      this.failedSignIns += event.count ?? 1
    if (fact.class === 'discovery') this.#read(event, name)
  }

  #read({ at, service = '', action, count = 1 }: UsageEvent, name: string): void {
    const index = Math.floor(at / sequence.span)
    if (this.#span.index !== index) this.#span = { index, reads: 0 }
    this.#span.reads += count
    this.lookUps = Math.max(this.lookUps, this.#span.reads)
    if (this.recon !== undefined) return
    const known = this.#reads.get(name)
    if (known === undefined && this.#reads.size >= kept.actions) return
    this.#reads.set(name, { at, service: service === '' ? (action.split(/[.:/]/)[0] ?? '') : service })
    if (this.#reads.size < sequence.reads) return
    const recent = [...this.#reads.values()].filter(read => at - read.at <= sequence.span)
    const services = new Set(recent.map(read => read.service)).size
    if (recent.length >= sequence.reads && services >= sequence.services)
      this.recon = { reads: recent.length, services }
  }

  #ask(found: Asked): void {
    const known = this.asked.get(found.rule)
    if (known === undefined || found.llr > known.llr || (found.llr === known.llr && found.says < known.says))
      this.asked.set(found.rule, found)
  }
}

/** An ordinary operation is a sensitive one when its request is; a sensitive one is ordinary when its request is. */
function factFor(event: UsageEvent, asked: Asked | 'harmless' | undefined): OperationFact {
  if (asked === 'harmless' || asked?.quarantine !== undefined) return ordinary
  const fact = factOf(event)
  const raises = asked !== undefined && asked.strength !== 'weak'
  if (!raises || (fact.class !== 'write' && fact.class !== 'discovery')) return fact
  return { ...fact, class: 'sensitive', techniques: asked.attack }
}

/** The provider's own word that the key may not do this, as opposed to a call that was wrong. */
function isRefusal({ outcome, error = '' }: UsageEvent): boolean {
  return (
    outcome === 'failure' &&
    /denied|unauthori[sz]ed|not.?authori[sz]ed|forbidden|permission|insufficient|missing_scope|\b40[13]\b/i.test(error)
  )
}

/** The family of an event's client; the same text is only read once. */
export function familyOf({ userAgent }: UsageEvent): ClientFamily | undefined {
  if (userAgent === undefined) return undefined
  if (clients.has(userAgent)) return clients.get(userAgent)
  const family = clientFamily(userAgent)
  if (clients.size > kept.values) clients.clear()
  clients.set(userAgent, family)
  return family
}
