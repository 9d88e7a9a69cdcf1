import type { Nearness } from '../model/credential.ts'
import type { Secret } from '../model/secret.ts'
import { type Anchor, type Partner, supply } from './half.ts'
import type { Relation } from './nearness.ts'

/** One way to complete an anchor. */
export interface Way {
  readonly parts: Readonly<Record<string, Secret>>
  readonly partners: readonly Partner[]
  readonly by: Nearness
  readonly rank: number
}

/** So many ways to complete one credential are tried. */
export const mostWays = 16

const farther: readonly Nearness[] = ['near', 'commit', 'file', 'folder']

/** The likeliest ways to complete an anchor, the likeliest first; none where a part has no candidate. */
export function waysOf(
  { candidate, missing }: Anchor,
  related: ReadonlyMap<string, readonly Relation[]>,
): readonly Way[] {
  let ways: readonly Way[] = [{ parts: {}, partners: [], by: 'near', rank: 0 }]
  for (const part of missing) {
    const key = supply(candidate, part)
    const texts = new Set<Secret | undefined>()
    const relations = (related.get(part) ?? []).filter(({ partner }) => {
      const text = partner.supplies.get(key)
      return !texts.has(text) && texts.add(text)
    })
    ways = ways
      .flatMap(way => relations.slice(0, mostWays).flatMap(relation => extended(way, part, key, relation)))
      .toSorted((a, b) => a.rank - b.rank)
      .slice(0, mostWays * mostWays)
  }
  return ways.slice(0, mostWays)
}

function extended(way: Way, part: string, key: string, { partner, by, rank }: Relation): readonly Way[] {
  const text = partner.supplies.get(key)
  if (text === undefined || Object.values(way.parts).some(taken => taken === text)) return []
  return [
    {
      parts: { ...way.parts, [part]: text },
      partners: way.partners.includes(partner) ? way.partners : [...way.partners, partner],
      by: farther[Math.max(farther.indexOf(by), farther.indexOf(way.by))] ?? by,
      rank: way.rank + rank,
    },
  ]
}
