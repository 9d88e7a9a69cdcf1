import type { Credential } from '../model/credential.ts'
import type { Places } from '../store/places.ts'
import type { Assigned } from './assign.ts'
import { askFor, contestsAmong, type Undecided } from './contested.ts'
import { credentialOf, type Tools } from './grow.ts'
import { type Anchor, halvesAmong, type Partner } from './half.ts'
import { perLine, relate } from './nearness.ts'
import { rivalsAmong } from './rivals.ts'
import type { Growing, Option } from './subject.ts'
import { type Way, waysOf } from './ways.ts'

/**
 * Puts halves together that were found apart: by what stands near, in the same commit, alone in the same file or folder.
 * Where several could be the one, they are tried if that is harmless; else the user is asked.
 */
export function pair(
  subjects: readonly Growing[],
  tools: Tools & { readonly places: Pick<Places, 'list'> },
): readonly Growing[] {
  const rivals = rivalsAmong(subjects, tools)
  const distinct = unrepeated(rivals.subjects)
  const halves = halvesAmong(distinct, tools)
  const { anchors } = halves
  if (anchors.length === 0 && rivals.undecided.length === 0) return distinct
  const related = relate(halves)
  const ways = new Map(anchors.map(anchor => [anchor, waysOf(anchor, related.get(anchor) ?? new Map())]))
  const suitors = new Map<Partner, Map<Anchor, number>>()
  for (const [anchor, possible] of ways)
    for (const { partners: wanted, rank } of possible)
      for (const partner of wanted) {
        const known = suitors.get(partner) ?? new Map<Anchor, number>()
        known.set(anchor, Math.min(rank, known.get(anchor) ?? Infinity))
        suitors.set(partner, known)
      }

  const rivalled = new Set(rivals.undecided.flatMap(({ options: known }) => known.flatMap(({ partners: all }) => all)))
  const isWanted = ({ subject }: Partner): boolean => rivalled.has(subject.draft.id)
  const made = new Map<Growing, Growing>()
  const joined = new Set<Growing>()
  const undecided: Undecided[] = [...rivals.undecided]
  for (const [anchor, possible] of ways) {
    const [first] = possible
    if (first === undefined) continue
    const unrivalled = isAlone(anchor, possible, suitors) && !first.partners.some(isWanted)
    const mayTry = anchor.candidate.kind.may_try !== undefined
    if (unrivalled || (!mayTry && isNearest(anchor, possible, suitors))) {
      made.set(anchor.subject, completed(anchor, first, joined, tools))
      for (const { subject } of first.partners.filter(({ lends }) => !lends)) joined.add(subject)
      continue
    }
    const options = possible.flatMap(way => optionOf(anchor, way, tools))
    if (options.length > 0 && mayTry) undecided.push({ subject: anchor.subject, options })
    else if (options.length > 0) {
      const settled = askFor(
        anchor.candidate,
        anchor.missing,
        options.map(({ shown }) => shown),
      )
      made.set(anchor.subject, { ...anchor.subject, settled })
    }
  }
  const contests = contestsAmong(undecided)
  const options = new Map(undecided.map(each => [each.subject.draft.id, each.options]))
  return distinct.flatMap(subject => {
    if (joined.has(subject)) return []
    const now = made.get(subject) ?? subject
    const contest = contests.get(subject.draft.id)
    if (contest === undefined) return [now]
    const own = options.get(subject.draft.id)
    const draft = { ...now.draft, contest, ...(own !== undefined && { options: own }) }
    return [{ ...now, draft, settled: own === undefined ? now.settled : undefined }]
  })
}

/** Exclusive: a part of one credential can't be one of another, as an id has but one secret. An account has many keys. */
function isExclusive({ candidate: { kind } }: Anchor): boolean {
  return Object.values(kind.parts).some(({ id }) => id)
}

type Suitors = ReadonlyMap<Partner, ReadonlyMap<Anchor, number>>

/** One way only, with nobody else who wants its parts. */
function isAlone(anchor: Anchor, [first, ...others]: readonly Way[], suitors: Suitors): boolean {
  if (first === undefined || others.length > 0) return false
  return !isExclusive(anchor) || first.partners.every(partner => suitors.get(partner)?.size === 1)
}

/** Nearer than every other way, and nearer than anybody else who wants its parts. */
function isNearest(anchor: Anchor, [first, second]: readonly Way[], suitors: Suitors): boolean {
  if (first === undefined || first.by !== 'near' || !isFarther(second?.rank, first.rank)) return false
  const others = first.partners.flatMap(partner => [...(suitors.get(partner) ?? [])])
  return !isExclusive(anchor) || others.every(([other, rank]) => other === anchor || isFarther(rank, first.rank))
}

/** By a line at least: the side on which it stands tells which to try first, and no more. */
function isFarther(rank: number | undefined, than: number): boolean {
  return rank === undefined || Math.floor(rank / perLine) > Math.floor(than / perLine)
}

/** Texts of every part, in the order of the file: the id of the credential is made of them. */
function assignedOf({ candidate, parts }: Anchor, way: Way, { catalog }: Tools): Assigned {
  const all = { ...parts, ...way.parts }
  const taken: Record<string, (typeof all)[string]> = {}
  const facts: Record<string, string> = {}
  for (const [name, { pattern }] of Object.entries(candidate.kind.parts)) {
    const text = all[name]
    if (text === undefined) continue
    taken[name] = text
    Object.assign(facts, text.fits(catalog.matcher(candidate.provider.id, pattern)))
  }
  return { parts: taken, facts }
}

function completed(anchor: Anchor, way: Way, joined: ReadonlySet<Growing>, tools: Tools): Growing {
  const { subject, candidate } = anchor
  const { credential, settled } = credentialOf(candidate, assignedOf(anchor, way, tools), tools)
  const { id, kind, facts, shown } = credential
  const pairing = { by: way.by, sure: Object.keys(anchor.parts) }
  const draft = {
    ...subject.draft,
    id,
    kind,
    facts,
    shown,
    parts: credential.parts,
    pairing: way.by,
    candidates: [{ id, shown: shownOf(way, credential), pairing: way.by }],
  }
  // Where several have a part in common, its places are listed once.
  const others = way.partners.flatMap(({ subject: own, lends }) => (lends || joined.has(own) ? [] : [own]))
  return {
    ...subject,
    formerly: subject.draft.id,
    draft: settled === undefined ? { ...draft, credential: { ...credential, pairing } } : draft,
    settled,
    joined: [...subject.joined, ...others.flatMap(other => [other, ...other.joined])],
  }
}

function optionOf(anchor: Anchor, way: Way, tools: Tools): readonly Option[] {
  const { credential, settled } = credentialOf(anchor.candidate, assignedOf(anchor, way, tools), tools)
  if (settled !== undefined) return []
  const pairing = { by: way.by, sure: Object.keys(anchor.parts) }
  const partners = way.partners.flatMap(({ subject, lends }) => (lends ? [] : [subject.draft.id]))
  return [
    {
      credential: { ...credential, pairing },
      shown: shownOf(way, credential),
      partners,
      exclusive: isExclusive(anchor),
    },
  ]
}

/** The parts that it would be completed with; a public one whole. */
function shownOf(way: Way, { parts }: Credential): string {
  const added = Object.entries(parts).filter(([name]) => name in way.parts)
  return added.map(([, part]) => (part.public ? part.text : String(part.secret))).join(' + ')
}

/** The same half under several names (a named rule and a vague one, a part and a bigger part) is one. */
function unrepeated(subjects: readonly Growing[]): readonly Growing[] {
  const isHalf = ({ settled }: Growing): boolean => settled?.reason === 'incomplete'
  const halves = subjects.filter(isHalf).toSorted((a, b) => sizeOf(b) - sizeOf(a) || (a.draft.id < b.draft.id ? -1 : 1))
  if (halves.length === 0) return subjects
  const bigger = new Map<unknown, Growing>()
  const gone = new Set<Growing>()
  const join = (owner: Growing, other: Growing): void => {
    owner.joined.push(other, ...other.joined)
    gone.add(other)
  }
  for (const half of halves) {
    const texts = Object.values(half.known?.assigned.parts ?? {})
    const owners = new Set(texts.map(text => bigger.get(text)))
    const [owner] = owners
    if (owners.size === 1 && owner?.draft.provider === half.draft.provider) join(owner, half)
    else for (const text of texts) if (!bigger.has(text)) bigger.set(text, half)
  }
  for (const subject of subjects) {
    const [text, ...others] = subject.settled?.reason === 'no_validator' ? subject.secrets : []
    const owner = text === undefined || others.length > 0 ? undefined : bigger.get(text)
    if (owner !== undefined) join(owner, subject)
  }
  return subjects.filter(subject => !gone.has(subject))
}

function sizeOf({ known }: Growing): number {
  return Object.keys(known?.assigned.parts ?? {}).length
}
