import type { Nearness } from '../model/credential.ts'
import { type Anchor, type Halves, type Partner, supply } from './half.ts'
import { each, type Place, SpotRow } from './spot-row.ts'
import type { Atlas } from './spots.ts'

/** What could supply one part of an anchor; the lower the rank, the likelier. */
export interface Relation {
  readonly partner: Partner
  readonly by: Nearness
  readonly rank: number
}

/** Candidates for each part that an anchor lacks, the likeliest first. */
export type Related = ReadonlyMap<Anchor, ReadonlyMap<string, readonly Relation[]>>

/** Lines between parts where a provider's file says nothing else. */
const defaultNear = 10
/** What a line between two parts counts; the side and the column count less. */
export const perLine = 10
/** Beyond so many halves in one commit nothing can be told from it. */
const mostInCommit = 16
/** Of another commit counts more than any number of lines. */
const otherCommit = 1e6

/** Finds what stands where what is missing would: step by step, each with what the steps before have left over. */
export function relate({ anchors, partners, atlas }: Halves): Related {
  const related = new Map(anchors.map(anchor => [anchor, new Map<string, readonly Relation[]>()]))
  const wanting = new Map<string, { anchor: Anchor; part: string }[]>()
  for (const anchor of anchors)
    for (const part of anchor.missing) {
      const key = supply(anchor.candidate, part)
      const known = wanting.get(key)
      if (known === undefined) wanting.set(key, [{ anchor, part }])
      else known.push({ anchor, part })
    }
  for (const [key, wants] of wanting) {
    const isShared = wants.every(({ anchor, part }) => anchor.candidate.kind.parts[part]?.shared)
    let waiting = wants
    let free = partners.filter(({ supplies }) => supplies.has(key))
    for (const step of [inLines, inCommit, inFile, inFolder]) {
      if (waiting.length === 0 || free.length === 0) break
      const found = step(
        waiting.map(({ anchor }) => anchor),
        step === inLines ? free : free.filter(({ guessed }) => !guessed),
        { atlas, isShared },
      )
      for (const { anchor, part } of waiting) {
        const relations = found.get(anchor)
        if (relations !== undefined) related.get(anchor)?.set(part, relations)
      }
      const taken = new Set([...found.values()].flat().map(({ partner }) => partner))
      waiting = waiting.filter(({ anchor }) => !found.has(anchor))
      if (!isShared) free = free.filter(partner => !taken.has(partner))
    }
  }
  return related
}

type Found = Map<Anchor, readonly Relation[]>

/** In the same file, few lines apart; places of one commit before those of several. */
function inLines(anchors: readonly Anchor[], partners: readonly Partner[]): Found {
  const row = new SpotRow(partners)
  const found: Found = new Map()
  for (const anchor of anchors) {
    const best = new Map<Partner, number>()
    const near = anchor.candidate.kind.near ?? defaultNear
    for (const spot of each(anchor))
      for (const [partner, other] of row.around(spot, near)) {
        const rank = rankOf(spot, other)
        if (rank < (best.get(partner) ?? Infinity)) best.set(partner, rank)
      }
    if (best.size === 0) continue
    const together = [...best.values()].some(rank => rank < otherCommit)
    const relations = [...best].flatMap(([partner, rank]) =>
      together && rank >= otherCommit ? [] : [{ partner, by: 'near' as const, rank }],
    )
    found.set(anchor, relations.toSorted(byRank))
  }
  return found
}

/** By lines; then what stands behind, as a secret does behind its id; then by columns. */
function rankOf([, line, column, commit]: Place, [, at, other, theirs]: Place): number {
  const apart = commit !== 0 && theirs !== 0 && commit !== theirs ? otherCommit : 0
  const after = at > line || (at === line && other >= column)
  const within = at === line ? Math.min(Math.abs(other - column), 4000) / 1000 : 0
  return apart + Math.abs(at - line) * perLine + (after ? 0 : perLine / 2) + within
}

/** In one commit, where it holds few enough halves. */
function inCommit(anchors: readonly Anchor[], partners: readonly Partner[]): Found {
  return inGroups(anchors, partners, mostInCommit, false, ([, , , commit]) => commit, 'commit', 2 * otherCommit)
}

function inFile(anchors: readonly Anchor[], partners: readonly Partner[], { isShared }: Sharing): Found {
  return inGroups(anchors, partners, 1, isShared, ([file]) => file, 'file', 3 * otherCommit)
}

function inFolder(anchors: readonly Anchor[], partners: readonly Partner[], { atlas, isShared }: Sharing): Found {
  const folder = ([file]: Place): number => (file === 0 ? 0 : atlas.folderOf(file))
  return inGroups(anchors, partners, 1, isShared, folder, 'folder', 4 * otherCommit)
}

/** What some steps need to know besides: one text may be a part of several. */
interface Sharing {
  readonly atlas: Atlas
  readonly isShared: boolean
}

/** Halves that share a commit, a file, a folder, if there are not too many of them on either side. */
function inGroups(
  anchors: readonly Anchor[],
  partners: readonly Partner[],
  most: number,
  isShared: boolean,
  groupOf: (place: Place) => number,
  by: Nearness,
  rank: number,
): Found {
  const mostAnchors = isShared ? mostInCommit : most
  const groups = new Map<number, { readonly anchors: Anchor[]; readonly partners: Partner[] }>()
  for (const anchor of anchors)
    for (const name of new Set([...each(anchor)].map(groupOf))) {
      const group = groups.get(name)
      if (name === 0) continue
      if (group === undefined) groups.set(name, { anchors: [anchor], partners: [] })
      else if (group.anchors.length <= mostAnchors) group.anchors.push(anchor)
    }
  for (const partner of partners)
    for (const name of new Set([...each(partner)].map(groupOf))) {
      const group = groups.get(name)
      if (group !== undefined && group.partners.length <= most) group.partners.push(partner)
    }
  const found = new Map<Anchor, Map<Partner, Relation>>()
  for (const group of groups.values()) {
    if (group.anchors.length > mostAnchors || group.partners.length > most || group.partners.length === 0) continue
    for (const anchor of group.anchors) {
      const relations = found.get(anchor) ?? new Map<Partner, Relation>()
      for (const partner of group.partners) relations.set(partner, { partner, by, rank })
      found.set(anchor, relations)
    }
  }
  return new Map([...found].map(([anchor, relations]) => [anchor, [...relations.values()].toSorted(byRank)]))
}

function byRank(a: Relation, b: Relation): number {
  return a.rank - b.rank || (a.partner.subject.draft.id < b.partner.subject.draft.id ? -1 : 1)
}
