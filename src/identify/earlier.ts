import type { Catalog } from '../catalog/catalog.ts'
import type { Part, Sighting } from '../model/credential.ts'
import type { Earlier } from '../model/finding.ts'
import type { Verdict } from '../model/verdict.ts'
import type { Chain, Places } from '../store/places.ts'
import { nowhere } from './exposure.ts'
import type { Growing } from './subject.ts'

/** What is shown of a shorter secret is of many. */
const shortest = 10

const because = 'A saved report does not hold the key. Give what the scanner wrote, or read it back with --source DIR.'

/** The subject of a key of a saved report: its verdict stands as of then, and what is public of it joins logs. */
export function growEarlier(earlier: Earlier, catalog: Catalog): Growing {
  const { verdict, ...draft } = earlier
  const parts = partsShown(earlier, catalog)
  return {
    draft: { ...draft, ...(parts !== undefined && { parts }), earlier: asOfThen(verdict) },
    settled: { state: 'skipped', reason: 'redacted', because },
    secrets: [],
    publicPart: undefined,
    byUser: false,
    widest: nowhere(),
    last: 0,
    count: 0,
    joined: [],
  }
}

/**
 * Keys of a saved report that were found again, with their values, are those: places that are new are added, and the
 * verdict where nothing is asked.
 */
export function joinEarlier(
  subjects: readonly Growing[],
  earlier: readonly Growing[],
  places: Pick<Places, 'add' | 'list'>,
): readonly Growing[] {
  if (earlier.length === 0) return subjects
  const again = new Map<Growing, Growing>()
  const byId = new Map(subjects.map(subject => [subject.draft.id, subject]))
  const byLooks = new Map<string, Growing | undefined>()
  for (const subject of subjects) byLooks.set(looks(subject), byLooks.has(looks(subject)) ? undefined : subject)
  const left = earlier.filter(old => {
    const found = byId.get(old.draft.id) ?? (old.draft.shown.length < shortest ? undefined : byLooks.get(looks(old)))
    if (found === undefined || old.draft.earlier === undefined) return true
    found.joined.push({ ...old, ...chainOfNew(old, found, places) })
    again.set(found, { ...found, draft: { ...found.draft, earlier: old.draft.earlier } })
    return false
  })
  return [...subjects.map(subject => again.get(subject) ?? subject), ...left]
}

/** The places of the one that the other has not. */
function chainOfNew(old: Growing, found: Growing, places: Pick<Places, 'add' | 'list'>): Chain {
  const known = new Set<string>()
  for (const sighting of places.list([found, ...found.joined])) known.add(nameOf(sighting))
  let chain: Chain = { last: 0, count: 0 }
  for (const sighting of places.list([old])) {
    if (known.has(nameOf(sighting))) continue
    const { scanner: tool, rule, prior, readBack, ...place } = sighting
    const finding = { tool, place, ...(rule && { rule }), ...(prior && { prior }), ...(readBack && { readBack }) }
    chain = { last: places.add(finding, chain.last), count: chain.count + 1 }
  }
  return chain
}

function nameOf({ scanner, rule, file, line, column, commit, url }: Sighting): string {
  return JSON.stringify([scanner, rule, file, line, column, commit, url])
}

/** Ids are made with a machine's own key: elsewhere the same key has another, and is told by what is shown of it. */
function looks({ draft: { provider, kind, shown } }: Growing): string {
  return JSON.stringify([provider, kind, shown])
}

function asOfThen(verdict: Verdict): Verdict {
  if (verdict.because.includes('Not asked again since')) return verdict
  const since = verdict.checkedAt.slice(0, 16).replace('T', ' ')
  return {
    ...verdict,
    because: `${verdict.because} Not asked again since ${since}: a saved report does not hold the key.`,
  }
}

/** A key id is shown whole, so that it can be found in logs. */
function partsShown(
  { provider: id, kind, shown }: Earlier,
  catalog: Catalog,
): Readonly<Record<string, Part>> | undefined {
  const provider = catalog.providers.get(id ?? '')
  const known =
    provider === undefined ? [] : catalog.kindsOf(provider).filter(each => kind === null || each.id === kind)
  const texts = shown.split(' + ').filter(text => !text.includes('…'))
  const found = known
    .flatMap(({ parts }) => parts)
    .flatMap(({ name, part, matcher }) => {
      const text = part.public ? texts.find(each => matcher.whole(each) !== undefined) : undefined
      return text === undefined ? [] : [[name, { public: true, text }] as const]
    })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}
