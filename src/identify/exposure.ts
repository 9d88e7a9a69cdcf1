import type { ExposureRule } from '../model/exposure.ts'
import type { Exposure, Finding, Medium, Place } from '../model/finding.ts'
import { globbed } from './glob.ts'
import { mediumOf } from './medium.ts'
import type { Widest } from './subject.ts'

const order: Readonly<Record<Exposure, number>> = { unknown: 0, internal: 1, public: 2 }
/** So many places are remembered: a scan has its files one after the other, and each often many times. */
const mostKnown = 4096

type Placed = Pick<Finding, 'tool' | 'place'>

/**
 * Gives each finding the place that the user's rules make of it; the first that fits wins over the scanner's word. Where
 * none does, what its address says is added.
 */
export function placing(rules: readonly ExposureRule[]): (finding: Placed) => Place {
  if (rules.length === 0) return ({ place }) => byAddress(place)
  const tests = rules.map(rule => ({ rule, fits: testOf(rule.match) }))
  const known = new Map<string, ExposureRule | undefined>()
  return ({ tool, place }) => {
    const key = `${tool}\0${place.repository ?? ''}\0${place.file ?? ''}\0${place.url ?? ''}`
    let rule = known.get(key)
    if (rule === undefined && !known.has(key)) {
      if (known.size >= mostKnown) known.clear()
      rule = tests.find(({ fits }) => fits({ tool, place }))?.rule
      known.set(key, rule)
    }
    return rule === undefined ? byAddress(place) : placedBy(rule, place)
  }
}

function placedBy({ is, medium, since }: ExposureRule, place: Place): Place {
  return { ...place, exposure: is, ...(medium !== undefined && { medium }), ...(since !== undefined && { at: since }) }
}

function byAddress(place: Place): Place {
  if (place.url === undefined || place.medium !== undefined || place.commit !== undefined) return place
  const known = mediumOf(place.url)
  return known === undefined ? place : { ...known, ...place }
}

function testOf({ url, file, repository, tool }: ExposureRule['match']): (finding: Placed) => boolean {
  const [byUrl, byFile, byRepository, byTool] = [url, file, repository, tool].map(glob =>
    glob === undefined ? undefined : globbed(glob),
  )
  return ({ place, tool: scanner }) =>
    (byTool === undefined || byTool(scanner)) &&
    (byUrl === undefined || (place.url !== undefined && byUrl(place.url))) &&
    (byFile === undefined || (place.file !== undefined && byFile(place.file.replaceAll('\\', '/')))) &&
    (byRepository === undefined || repositoryNames(place).some(byRepository))
}

/** `github.com/owner/name` and `owner/name`, from the repository's name or address, else from the link to the place. */
function repositoryNames({ repository, url }: Place): readonly string[] {
  const named =
    repository ??
    /^https?:\/\/.+?(?=\/(?:-\/|blob\/|tree\/|commits?\/|raw\/|src\/|pull\/|issues\/))/.exec(url ?? '')?.[0]
  if (named === undefined) return []
  const plain = named
    .replace(/^(?:\w+:\/\/)?(?:[^/@]*@)?/, '')
    .replace(/\.git\/?$|\/+$/, '')
    .replace(/^([\w.-]+\.[\w-]+):(?!\d)/, '$1/')
  const short = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?\/(.+)$/.exec(plain)?.[1]
  return short === undefined ? [plain] : [plain, short]
}

export function nowhere(): Widest {
  return { exposure: 'unknown', medium: undefined, firstAt: undefined }
}

/** What has a commit is in a repository. */
export function mediumIn({ medium, commit }: Place): Medium | undefined {
  return medium ?? (commit === undefined ? undefined : 'repository')
}

/** Keeps the most open place and the earliest time. Times are ISO 8601 in UTC, so that texts compare as times do. */
export function widen(
  widest: Widest,
  exposure: Exposure = 'unknown',
  medium: Medium | undefined,
  firstAt: string | undefined,
): void {
  const more = order[exposure] - order[widest.exposure]
  if (more > 0) {
    widest.exposure = exposure
    widest.medium = medium
  } else if (more === 0) widest.medium ??= medium
  if (firstAt !== undefined && (widest.firstAt === undefined || firstAt < widest.firstAt)) widest.firstAt = firstAt
}
