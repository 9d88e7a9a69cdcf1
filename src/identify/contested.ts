import type { Candidate } from '../catalog/catalog.ts'
import { byHand } from './by-hand.ts'
import type { Growing, Option, Settled } from './subject.ts'
import { mostWays } from './ways.ts'

/** A half that several could complete. */
export interface Undecided {
  readonly subject: Growing
  readonly options: readonly Option[]
}

/** Gives halves that want the same parts one name, so that they are decided together; by the ids of all who take part. */
export function contestsAmong(undecided: readonly Undecided[]): ReadonlyMap<string, string> {
  const leader = new Map<string, string>()
  const leaderOf = (id: string): string => {
    let top = id
    for (let next = leader.get(top); next !== undefined && next !== top; next = leader.get(top)) top = next
    leader.set(id, top)
    return top
  }
  for (const { subject, options } of undecided)
    for (const { partners } of options)
      for (const partner of [subject.draft.id, ...partners]) {
        const [first = '', second = ''] = [leaderOf(subject.draft.id), leaderOf(partner)].toSorted()
        leader.set(second, first)
      }
  return new Map([...leader.keys()].map(id => [id, leaderOf(id)]))
}

/** Where trying is not harmless, the user is asked. */
export function askFor(candidate: Candidate, missing: readonly string[], candidates: readonly string[]): Settled {
  const part = missing.map(name => name.replaceAll('_', ' ')).join(' and ')
  const some = `${candidates.slice(0, 4).join(', ')}${candidates.length > 4 ? ', …' : ''}`
  const many = candidates.length < mostWays ? String(candidates.length) : `${mostWays} or more`
  const because = `Its ${part} can't be told: ${many} could be it (${some}), and trying them could lock something out. If you know the ${candidate.kind.name ?? candidate.id}: ${byHand(candidate)}`
  return { state: 'unknown', reason: 'ambiguous_pair', because }
}
