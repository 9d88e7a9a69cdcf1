import type { Candidate, Catalog } from '../catalog/catalog.ts'
import { folded } from '../catalog/catalog.ts'
import type { Kind } from '../catalog/schema.ts'
import { onlySigns } from '../catalog/signs.ts'
import { Secret } from '../model/secret.ts'
import type { Places } from '../store/places.ts'
import { assignmentIn } from './fields.ts'
import type { Tools } from './grow.ts'
import { Atlas, type Spots } from './spots.ts'
import type { Growing } from './subject.ts'

/** A credential in the making: what was found of it is what the case is about. */
export interface Anchor {
  readonly subject: Growing
  readonly candidate: Candidate
  readonly parts: Readonly<Record<string, Secret>>
  readonly missing: readonly string[]
  readonly spots: Spots
}

/** What could complete a credential: `aws secret` → its text. */
export interface Partner {
  readonly subject: Growing
  readonly supplies: ReadonlyMap<string, Secret>
  readonly spots: Spots
  /** Only its form and its nearness speak for it. */
  readonly guessed: boolean
  /** Whole without the other, and stays so. */
  readonly lends: boolean
}

/** The part that says which credential it is: its id; where it has none, its first secret that no other key has. */
function anchorPart({ parts }: Kind): string | undefined {
  const entries = Object.entries(parts)
  return (entries.find(([, { id }]) => id) ?? entries.find(([, part]) => !part.public && !part.shared))?.[0]
}

/** One provider's name for one part. */
export function supply({ provider }: Candidate, part: string): string {
  return `${provider.id} ${part}`
}

/** All halves of a run, and where they were seen. */
export interface Halves {
  readonly anchors: readonly Anchor[]
  readonly partners: readonly Partner[]
  readonly atlas: Atlas
}

/** Every half among the subjects, in an order that does not depend on who was read first. */
export function halvesAmong(
  subjects: readonly Growing[],
  { catalog, keyring, places }: Pick<Tools, 'catalog' | 'keyring'> & { readonly places: Pick<Places, 'list'> },
): Halves {
  const ordered = subjects
    .filter(subject => isHalf(subject) || lentBy(subject).length > 0)
    .toSorted((a, b) => (a.draft.id < b.draft.id ? -1 : 1))
  const atlas = new Atlas(ordered.length)
  const seenAt = ({ joined, ...subject }: Growing) => atlas.read(places.list([subject, ...joined]))
  const anchors: Anchor[] = []
  const partners: Partner[] = []
  for (const subject of ordered) {
    if (subject.settled?.reason !== 'incomplete' || subject.known === undefined) continue
    const { candidate, assigned } = subject.known
    const { spots } = seenAt(subject)
    const names = Object.keys(assigned.parts)
    if (names.includes(anchorPart(candidate.kind) ?? '')) {
      const missing = Object.entries(candidate.kind.parts).flatMap(([name, { optional }]) =>
        optional || names.includes(name) ? [] : [name],
      )
      anchors.push({ subject, candidate, parts: assigned.parts, missing, spots })
    } else {
      const supplies = Object.entries(assigned.parts).map(([name, text]) => [supply(candidate, name), text] as const)
      partners.push({ subject, supplies: new Map(supplies), spots, guessed: false, lends: false })
    }
  }
  const wanted = [...new Map(anchors.flatMap(wantedBy).map(want => [want.key, want])).values()]
  if (wanted.length === 0) return { anchors, partners, atlas }
  const lent = new Map<string, Map<Secret, Partner>>()
  for (const subject of ordered)
    for (const { candidate, part, text } of lentBy(subject)) {
      const want = wanted.find(({ key }) => key === supply(candidate, part))
      if (want === undefined || !isLike(text, want, catalog)) continue
      const known = lent.get(want.key) ?? new Map<Secret, Partner>()
      lent.set(want.key, known)
      const spots = [...(known.get(text)?.spots ?? []), ...seenAt(subject).spots]
      const supplies = new Map([[want.key, text]])
      known.set(text, { subject, supplies, spots: Int32Array.from(spots), guessed: false, lends: true })
    }
  partners.push(...[...lent.values()].flatMap(known => [...known.values()]))
  for (const subject of ordered) {
    if (subject.settled?.reason !== 'no_validator') continue
    const assigned = subject.secrets.flatMap(secret => secret.digest(assignmentIn) ?? [])
    const all = [...subject.secrets, ...assigned.map(({ value }) => new Secret(value))]
    const fitting = wanted.flatMap(want => {
      const texts = all.filter(secret => isLike(secret, want, catalog))
      return texts.length === 1 ? texts.map(text => ({ ...want, text: text.digest(plain => keyring.of(plain)) })) : []
    })
    if (fitting.length === 0) continue
    const { spots, rules } = seenAt(subject)
    const ruled = new Set([...rules, ...assigned.map(({ name }) => name)].map(folded))
    const named = fitting.filter(({ names }) => names.some(name => ruled.has(name)))
    const supplied = named.length > 0 ? named : fitting.filter(({ signs }) => signs)
    if (supplied.length === 0) continue
    const supplies = new Map(supplied.map(({ key, text }) => [key, text]))
    partners.push({ subject, supplies, spots, guessed: named.length === 0, lends: false })
  }
  atlas.unify([...anchors, ...partners].map(({ spots }) => spots))
  return { anchors, partners, atlas }
}

function isHalf({ settled }: Growing): boolean {
  return settled?.reason === 'incomplete' || settled?.reason === 'no_validator'
}

/** What a whole credential has in common with others. */
function lentBy({ draft, settled, known }: Growing): readonly { candidate: Candidate; part: string; text: Secret }[] {
  if (draft.credential === undefined || settled !== undefined || known === undefined) return []
  const { candidate, assigned } = known
  return Object.entries(assigned.parts).flatMap(([part, text]) =>
    candidate.kind.parts[part]?.shared ? [{ candidate, part, text }] : [],
  )
}

interface Want {
  readonly key: string
  readonly candidate: Candidate
  readonly part: string
  /** Its text never leaves, so that it may be guessed. */
  readonly signs: boolean
  /** Names that say whose part it is, so that nothing is guessed. */
  readonly names: readonly string[]
}

function wantedBy({ candidate, missing }: Anchor): readonly Want[] {
  const { provider, kind } = candidate
  return candidate.parts.flatMap(({ name: part, part: own, names: all }) => {
    if (!missing.includes(part)) return []
    const names = [...all]
    return [
      {
        key: supply(candidate, part),
        candidate,
        part,
        signs: own.public === undefined && onlySigns(provider, kind, part),
        // What is public can be told by any of its names; a secret's must say whose it is.
        names: own.public ? names : names.filter(name => name.includes(folded(provider.id))),
      },
    ]
  })
}

function isLike(secret: Secret, { candidate, part }: Want, catalog: Catalog): boolean {
  const own = candidate.kind.parts[part]
  const is = (pattern: string | undefined): boolean =>
    pattern !== undefined && secret.fits(catalog.matcher(candidate.provider.id, pattern)) !== undefined
  return is(own?.pattern) && !is(own?.lookalike) && !is(own?.placeholder)
}
