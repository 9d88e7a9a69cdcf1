import type { Option, Subject } from '../identify/identify.ts'
import type { Sightings } from '../model/credential.ts'
import type { Verdict } from '../model/verdict.ts'
import type { Outcome } from '../probe/contest.ts'

/** Of a contender whose candidates all turned out to belong to others. */
export const nothingLeft = {
  state: 'skipped',
  reason: 'incomplete',
  because: 'A part of it is missing: what was found near it belongs to other keys.',
} as const

/** What is decided at one time: one secret, or all that want the same parts. */
export interface Group<Planned> {
  readonly subject: Subject
  readonly members: readonly [Planned, ...Planned[]]
}

/** Puts together what is in one contest; what is in none stays alone. */
export function together<Planned extends { readonly subject: Subject }>(
  planned: readonly Planned[],
): readonly Group<Planned>[] {
  const contests = new Map<string, [Planned, ...Planned[]]>()
  return planned.flatMap(one => {
    const { contest } = one.subject
    const known = contest === undefined ? undefined : contests.get(contest)
    known?.push(one)
    if (known !== undefined) return []
    const members: [Planned, ...Planned[]] = [one]
    if (contest !== undefined) contests.set(contest, members)
    return [{ subject: one.subject, members }]
  })
}

/** A subject after its contest; without a verdict, it is what it was settled as before. */
interface Decided {
  readonly subject: Subject
  readonly verdict?: Verdict
}

/** What the outcomes make of the subjects of one contest: those that belong together become one. */
export function decided(
  subjects: readonly Subject[],
  outcomes: ReadonlyMap<string, Outcome<Option>>,
): readonly Decided[] {
  const byId = new Map(subjects.map(subject => [subject.id, subject]))
  const used = new Set([...outcomes.values()].flatMap(({ option }) => option?.partners ?? []))
  return subjects.flatMap(subject => {
    const outcome = outcomes.get(subject.id)
    if (outcome === undefined) return used.has(subject.id) ? [] : [{ subject }]
    const { verdict, option, open } = outcome
    if (option !== undefined && verdict !== undefined) return [{ subject: completed(subject, option, byId), verdict }]
    const { options: _, ...rest } = subject
    if (verdict === undefined) return [{ subject: rest }]
    const candidates = open.map(({ credential, shown }) => ({
      id: credential.id,
      shown,
      pairing: credential.pairing?.by ?? 'near',
    }))
    const named = { ...rest, ...(verdict.state !== 'dead' && candidates.length > 0 && { candidates }) }
    return [{ subject: named, verdict: verdict.reason === 'ambiguous_pair' ? naming(verdict, open) : verdict }]
  })
}

function completed(subject: Subject, { credential, partners }: Option, byId: ReadonlyMap<string, Subject>): Subject {
  const { options: _, ...rest } = subject
  const { id, facts, shown, parts, pairing } = credential
  const places = [subject, ...partners.flatMap(partner => byId.get(partner) ?? [])].map(({ findings }) => findings)
  return {
    ...rest,
    id,
    facts,
    shown,
    parts,
    ...(pairing !== undefined && { pairing: pairing.by }),
    findings: joined(places),
  }
}

function naming(verdict: Verdict, open: readonly Option[]): Verdict {
  if (open.length === 0) return { ...verdict, ...nothingLeft }
  if (open.length === 1) return verdict
  const some = open.slice(0, 4).map(({ shown }) => shown)
  const because = `${open.length} could belong to it, and it was accepted with none of them: ${some.join(', ')}${open.length > 4 ? ', …' : ''}. The right one may be found elsewhere.`
  return { ...verdict, because }
}

function joined(lists: readonly Sightings[]): Sightings {
  const walk = function* () {
    for (const list of lists) yield* list
  }
  return { length: lists.reduce((sum, { length }) => sum + length, 0), [Symbol.iterator]: walk }
}
