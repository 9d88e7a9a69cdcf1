import { askFor, type Undecided } from './contested.ts'
import { nowhere } from './exposure.ts'
import { credentialOf, incomplete, type Tools } from './grow.ts'
import type { Growing, Option } from './subject.ts'

/**
 * A scanner that pairs whatever it finds in a stretch of text gives one id several secrets, of which one at most is its
 * own. No such pair is certain: the id becomes a half again, and each of its secrets another.
 */
export function rivalsAmong(
  subjects: readonly Growing[],
  tools: Tools,
): { readonly subjects: readonly Growing[]; readonly undecided: readonly Undecided[] } {
  const byId = new Map<string, Growing[]>()
  for (const subject of subjects) {
    const id = subject.settled === undefined && subject.publicPart !== undefined ? idOf(subject) : undefined
    if (id === undefined) continue
    const known = byId.get(id)
    if (known === undefined) byId.set(id, [subject])
    else known.push(subject)
  }
  const groups = [...byId.values()].filter(({ length }) => length > 1)
  if (groups.length === 0) return { subjects, undecided: [] }

  const halves = new Map(subjects.map(subject => [subject.draft.id, subject]))
  const gone = new Set(groups.flat())
  const added = new Map<string, Growing>()
  const undecided: Undecided[] = []
  for (const group of groups) {
    const rivals = group.toSorted(likelier)
    const [subject] = rivals.map(rival => half(rival, 'id', tools))
    if (subject === undefined) continue
    const options = rivals.flatMap(rival => {
      const rest = half(rival, 'rest', tools)
      const { credential } = rival.draft
      if (rest === undefined || credential === undefined) return []
      const partner = halves.get(rest.draft.id) ?? added.get(rest.draft.id) ?? rest
      if (!halves.has(partner.draft.id)) added.set(partner.draft.id, partner)
      return [optionOf(rival, credential, partner)]
    })
    const whole = { ...subject, joined: rivals.flatMap(rival => [rival, ...rival.joined]) }
    const { candidate } = rivals[0]?.known ?? {}
    if (candidate?.kind.may_try === undefined && candidate !== undefined) {
      const missing = Object.keys(rivals[0]?.known?.assigned.parts ?? {}).filter(
        name => !candidate.kind.parts[name]?.id,
      )
      const settled = askFor(
        candidate,
        missing,
        options.map(({ shown }) => shown),
      )
      added.set(whole.draft.id, { ...whole, settled })
    } else {
      added.set(whole.draft.id, { ...whole, settled: undefined })
      undecided.push({ subject: whole, options })
    }
  }
  return { subjects: [...subjects.filter(subject => !gone.has(subject)), ...added.values()], undecided }
}

function idOf({ draft, known }: Growing): string | undefined {
  if (draft.credential === undefined || known === undefined) return undefined
  for (const [name, { id }] of Object.entries(known.candidate.kind.parts)) {
    const part = id ? draft.credential.parts[name] : undefined
    if (part?.public === true) return `${draft.provider} ${draft.kind} ${part.text}`
  }
  return undefined
}

/** What the user paired, then what was found most often. */
function likelier(a: Growing, b: Growing): number {
  return Number(b.byUser) - Number(a.byUser) || b.count - a.count || (a.draft.id < b.draft.id ? -1 : 1)
}

/** The id of a credential alone, or all but the id, as if no more had been found. */
function half(rival: Growing, which: 'id' | 'rest', tools: Tools): Growing | undefined {
  if (rival.known === undefined) return undefined
  const { candidate, assigned } = rival.known
  const entries = Object.entries(assigned.parts)
  const kept = entries.filter(([name]) => (candidate.kind.parts[name]?.id === true) === (which === 'id'))
  const missing = entries.flatMap(([name]) => (kept.some(([other]) => other === name) ? [] : [name]))
  const parts = Object.fromEntries(kept)
  const { credential } = credentialOf(candidate, { parts, facts: which === 'id' ? assigned.facts : {} }, tools)
  const { id, provider, kind, facts, shown } = credential
  return {
    draft: { id, provider, kind, name: candidate.provider.name, shown, facts, parts: credential.parts },
    settled: incomplete(candidate, missing),
    known: { candidate, assigned: { parts, facts } },
    secrets: Object.values(credential.parts).flatMap(part => (part.public ? [] : [part.secret])),
    publicPart: undefined,
    byUser: false,
    widest: which === 'id' ? nowhere() : { ...rival.widest },
    last: which === 'id' ? 0 : rival.last,
    count: which === 'id' ? 0 : rival.count,
    joined: [],
  }
}

function optionOf(rival: Growing, credential: NonNullable<Growing['draft']['credential']>, partner: Growing): Option {
  const sure = Object.entries(rival.known?.candidate.kind.parts ?? {}).flatMap(([name, { id }]) => (id ? [name] : []))
  return {
    credential: { ...credential, pairing: { by: 'near', sure } },
    shown: partner.draft.shown,
    partners: [partner.draft.id],
    exclusive: true,
  }
}
