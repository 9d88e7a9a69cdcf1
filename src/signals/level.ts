import type { Misuse, MisuseLevel, Session } from '../model/misuse.ts'
import { addressBlock } from './address-block.ts'
import { combining, levels, maturity } from './constants.ts'
import type { Setting } from './setting.ts'

/** What is known besides the sessions. */
export interface Known {
  /** Owner sessions learned, and the days on which there were any. */
  readonly owner: number
  readonly days: number
  readonly coverage: NonNullable<Setting['coverage']>
  readonly events: number
}

/** The highest session; or several that have different evidence from different networks, as 1 - ∏(1 - p). */
export function together(sessions: readonly Session[]): number {
  const ordered = sessions.filter(({ p }) => p >= levels.review).toSorted((a, b) => b.p - a.p)
  const highest = sessions.reduce((most, { p }) => Math.max(most, p), 0)
  const kinds = new Set<string>()
  const networks = new Set<string>()
  let none = 1
  for (const session of ordered) {
    const [top] = session.signals.toSorted((a, b) => b.llr - a.llr)
    const network = networkOf(session)
    if (top === undefined || top.llr < combining.least || network === undefined) continue
    if (kinds.has(top.family) || networks.has(network)) continue
    kinds.add(top.family)
    networks.add(network)
    none *= 1 - session.p
  }
  return Math.max(highest, kinds.size > 1 ? 1 - none : 0)
}

/** Never "clean": with too little to compare, or no log at all, it says so. */
export function levelOf(p: number, { owner, coverage, events }: Known): MisuseLevel {
  if (p >= levels.likely) return 'likely'
  if (p >= levels.suspicious) return 'suspicious'
  if (p >= levels.review) return 'review'
  if (events === 0 && !coverage.some(({ state }) => state === 'ok' || state === 'empty' || state === 'partial'))
    return 'no_log'
  return owner < maturity.baseline ? 'insufficient' : 'none_seen'
}

export function confidenceOf({ owner, days, coverage, events }: Known): Misuse['confidence'] {
  if (events === 0 && !coverage.some(({ state }) => state === 'ok' || state === 'partial')) return 'none'
  if (owner < maturity.baseline) return 'low'
  return owner >= maturity.high && days >= maturity.highDays ? 'high' : 'medium'
}

function networkOf({ ip, asn }: Session): string | undefined {
  if (asn !== undefined) return `AS${asn}`
  return ip === undefined ? undefined : (addressBlock(ip) ?? ip)
}
