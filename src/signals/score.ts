import { chanceWords } from '../model/chance-words.ts'
import type { Signal } from '../model/misuse.ts'
import { alarm } from './alarm.ts'
import { binding } from './binding.ts'
import { bulk } from './bulk.ts'
import { chained } from './chains.ts'
import { changePoint } from './change-point.ts'
import { client } from './client.ts'
import { concurrency } from './concurrency.ts'
import { knocking, own as ownNumbers, priors } from './constants.ts'
import { type Case, type Family, signal } from './evidence.ts'
import { network } from './network.ts'
import { networkContext } from './network-context.ts'
import { operation } from './operation.ts'
import { isOwn } from './own.ts'
import { rate } from './rate.ts'
import { region } from './region.ts'
import { requested } from './requested.ts'
import { revival } from './revival.ts'
import { sequence } from './sequence.ts'
import type { Maker, Setting } from './setting.ts'
import { workingHours } from './working-hours.ts'

/** Every family, each one number a session; their names are what reports show. */
const families: readonly Family[] = [
  network,
  networkContext,
  client,
  operation,
  requested,
  chained,
  sequence,
  rate,
  workingHours,
  binding,
  concurrency,
  revival,
  changePoint,
  region,
  bulk,
  alarm,
]

/** What a session that made a key has in common with the use of that key is not counted twice. */
const sharedWithMaker = new Set(['network', 'network context', 'client'])

export interface Score {
  readonly prior: number
  readonly signals: readonly Signal[]
  readonly p: number
  /** What p is at most: of what the user lists as own, and of refused sign-ins, no evidence makes more. */
  readonly most: number
}

/** p = 1 / (1 + exp(-(prior + the sum of the families))), capped for what the user lists as own. */
export function score(of: Case, maker?: Maker): Score {
  const { session, setting } = of
  const together =
    maker !== undefined &&
    maker.ip === session.ip &&
    maker.client === session.client?.family &&
    session.ip !== undefined
  const signals = families
    .map(family => family(of))
    .filter(found => found !== undefined)
    .filter(({ family }) => !(together && sharedWithMaker.has(family)))
  const prior = priorOf(session, setting)
  if (maker !== undefined && logit(maker.p) > prior) {
    const says = `${madeWords(session, maker)} in a session with a chance of misuse of ${chanceWords(maker.p)}: whoever made the key has it`
    signals.push(signal('maker', logit(maker.p) - prior, ['T1098.001'], says))
  }
  const own = isOwn(session, of.history, setting) && !overrules(session, signals)
  const most = own ? ownNumbers.p : knocks(session, signals) ? knocking.p : 1
  return { prior, signals, most, p: chance(prior, signals, most) }
}

/** Nothing but sign-ins that were refused, too few to guess, and nothing that the log itself warns of. */
function knocks({ succeeded, failedSignIns, calls }: Case['session'], signals: readonly Signal[]): boolean {
  return !succeeded && failedSignIns === calls && !signals.some(({ family }) => /^(?:sequence|alarm)$/.test(family))
}

/** In its maker's own case a session must say whose it is: nothing else there does, and no key makes itself. */
function madeWords({ uid }: Case['session'], { shown, within }: Maker): string {
  return within === true ? `by ${uid}, a key that ${shown} made` : `this key was made by ${shown}`
}

/** The chance of misuse by prior and evidence. */
export function chance(prior: number, signals: readonly Signal[], most: number): number {
  return Math.min(most, 1 / (1 + Math.exp(-(prior + sumOf(signals)))))
}

export function sumOf(signals: readonly Signal[]): number {
  return signals.reduce((sum, { llr }) => sum + llr, 0)
}

/** The log odds of a chance, kept finite. */
export function logit(p: number): number {
  const kept = Math.min(1 - 1e-9, Math.max(1e-9, p))
  return Math.log(kept / (1 - kept))
}

/** What exposure alone says of a session that starts then. */
function priorOf({ start }: { readonly start: number }, { exposure, leakedAt, live }: Setting): number {
  if (exposure === 'none' || (leakedAt !== undefined && start < leakedAt)) return priors.unexposed
  if (exposure !== 'public') return priors.internal
  return live === true && leakedAt !== undefined ? priors.publicLive : priors.public
}

/** Tor, and what owners hardly ever do, count even from the owner's addresses: machines are taken over too. */
function overrules({ address }: Case['session'], signals: readonly Signal[]): boolean {
  const most = signals.find(({ family }) => family === 'operation')?.llr ?? 0
  return address.tor === true || most >= ownNumbers.operation
}
