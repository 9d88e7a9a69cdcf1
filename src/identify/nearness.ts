import type { Nearness } from '../model/credential.ts'
import { type Anchor, type Partner, supply } from './half.ts'
import { folderOf, type Spot, sameFiles } from './spots.ts'

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
/** So many others are looked at to either side of an anchor: beyond them are better ones for others. */
const mostBeside = 32

/** Finds what stands where what is missing would: step by step, each with what the steps before have left over. */
export function relate(anchors: readonly Anchor[], partners: readonly Partner[]): Related {
  const related = new Map(anchors.map(anchor => [anchor, new Map<string, readonly Relation[]>()]))
  const plain = sameFiles([...anchors, ...partners].flatMap(({ spots }) => spots.flatMap(({ file }) => file ?? [])))
  const located = new Map(
    [...anchors, ...partners].map(half => [
      half,
      half.spots.map(spot => (spot.file === undefined ? spot : { ...spot, file: plain(spot.file) })),
    ]),
  )
  const spotsOf = (half: Anchor | Partner): readonly Spot[] => located.get(half) ?? []

  const wanting = new Map<string, { anchor: Anchor; part: string }[]>()
  for (const anchor of anchors)
    for (const part of anchor.missing) {
      const key = supply(anchor.candidate, part)
      const known = wanting.get(key)
      if (known === undefined) wanting.set(key, [{ anchor, part }])
      else known.push({ anchor, part })
    }
  for (const [key, wants] of wanting) {
    let waiting = wants
    let free = partners.filter(({ supplies }) => supplies.has(key))
    for (const step of [inLines, inCommit, inFile, inFolder]) {
      if (waiting.length === 0 || free.length === 0) break
      const found = step(
        waiting.map(({ anchor }) => anchor),
        step === inLines ? free : free.filter(({ guessed }) => !guessed),
        spotsOf,
      )
      for (const { anchor, part } of waiting) {
        const relations = found.get(anchor)
        if (relations !== undefined) related.get(anchor)?.set(part, relations)
      }
      const taken = new Set([...found.values()].flat().map(({ partner }) => partner))
      waiting = waiting.filter(({ anchor }) => !found.has(anchor))
      free = free.filter(partner => !taken.has(partner))
    }
  }
  return related
}

type Found = Map<Anchor, readonly Relation[]>
type SpotsOf = (half: Anchor | Partner) => readonly Spot[]

interface Entry {
  readonly partner: Partner
  readonly line: number
  readonly column: number
  readonly commit: string | undefined
}

/** In the same file, few lines apart; places of one commit before those of several. */
function inLines(anchors: readonly Anchor[], partners: readonly Partner[], spotsOf: SpotsOf): Found {
  const byFile = new Map<string, Entry[]>()
  for (const partner of partners)
    for (const { file, line, column, commit } of spotsOf(partner)) {
      if (file === undefined || line === undefined) continue
      const entry = { partner, line, column, commit }
      const known = byFile.get(file)
      if (known === undefined) byFile.set(file, [entry])
      else known.push(entry)
    }
  for (const entries of byFile.values()) entries.sort((a, b) => a.line - b.line || a.column - b.column)
  const found: Found = new Map()
  for (const anchor of anchors) {
    const best = new Map<Partner, number>()
    const near = anchor.candidate.kind.near ?? defaultNear
    for (const spot of spotsOf(anchor))
      for (const { partner, line, column, commit } of around(byFile.get(spot.file ?? '') ?? [], spot, near)) {
        const after = line > (spot.line ?? 0) || (line === spot.line && column >= spot.column)
        const within = line === spot.line ? Math.min(Math.abs(column - spot.column), 4000) / 1000 : 0
        const apart = commit !== undefined && spot.commit !== undefined && commit !== spot.commit
        const rank = (apart ? 1e6 : 0) + Math.abs(line - (spot.line ?? 0)) * perLine + (after ? 0 : 5) + within
        best.set(partner, Math.min(rank, best.get(partner) ?? Infinity))
      }
    const together = [...best.values()].some(rank => rank < 1e6)
    const relations = [...best].flatMap(([partner, rank]) =>
      together && rank >= 1e6 ? [] : [{ partner, by: 'near' as const, rank }],
    )
    if (relations.length > 0) found.set(anchor, relations.toSorted(byRank))
  }
  return found
}

/** The entries within so many lines, nearest first to either side. */
function* around(entries: readonly Entry[], { line, column }: Spot, near: number): Generator<Entry> {
  if (line === undefined) return
  let low = 0
  for (let high = entries.length; low < high; ) {
    const middle = (low + high) >> 1
    const entry = entries[middle]
    if (entry !== undefined && (entry.line < line || (entry.line === line && entry.column < column))) low = middle + 1
    else high = middle
  }
  for (const step of [-1, 1]) {
    const seen = new Set<Partner>()
    for (let index = step < 0 ? low - 1 : low; seen.size < mostBeside; index += step) {
      const entry = entries[index]
      if (entry === undefined || Math.abs(entry.line - line) > near) break
      seen.add(entry.partner)
      yield entry
    }
  }
}

/** In one commit, where it holds few enough halves. */
function inCommit(anchors: readonly Anchor[], partners: readonly Partner[], spotsOf: SpotsOf): Found {
  return inGroups(anchors, partners, mostInCommit, half => spotsOf(half).map(({ commit }) => commit), 'commit', 2e6)
}

function inFile(anchors: readonly Anchor[], partners: readonly Partner[], spotsOf: SpotsOf): Found {
  return inGroups(anchors, partners, 1, half => spotsOf(half).map(({ file }) => file), 'file', 3e6)
}

function inFolder(anchors: readonly Anchor[], partners: readonly Partner[], spotsOf: SpotsOf): Found {
  const folders = (half: Anchor | Partner) => spotsOf(half).map(({ file }) => file && folderOf(file))
  return inGroups(anchors, partners, 1, folders, 'folder', 4e6)
}

/** Halves that share a commit, a file, a folder, if there are not too many of them on either side. */
function inGroups(
  anchors: readonly Anchor[],
  partners: readonly Partner[],
  most: number,
  groupsOf: (half: Anchor | Partner) => readonly (string | undefined)[],
  by: Nearness,
  rank: number,
): Found {
  const groups = new Map<string, { anchors: Set<Anchor>; partners: Set<Partner> }>()
  const groupFor = (name: string) => {
    const group = groups.get(name) ?? { anchors: new Set(), partners: new Set() }
    groups.set(name, group)
    return group
  }
  for (const anchor of anchors) for (const name of groupsOf(anchor)) if (name) groupFor(name).anchors.add(anchor)
  for (const partner of partners)
    for (const name of groupsOf(partner)) if (name && groups.has(name)) groupFor(name).partners.add(partner)
  const found = new Map<Anchor, Map<Partner, Relation>>()
  for (const group of groups.values()) {
    if (group.anchors.size > most || group.partners.size > most || group.partners.size === 0) continue
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
