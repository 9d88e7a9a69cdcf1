import type { Case, Sighting, Sightings } from '../model/credential.ts'
import type { Medium, Place } from '../model/finding.ts'
import { count, day } from './words.ts'

const mediumWords: Readonly<Record<Medium, string>> = {
  repository: 'repository',
  ci_log: 'CI log',
  image: 'image',
  package: 'package',
  chat: 'chat',
  ticket: 'ticket',
  page: 'page',
  paste: 'paste',
  storage: 'storage',
  file: 'file',
}

/** The first place alone, however many follow. */
export function firstPlace(findings: Sightings): Sighting | undefined {
  for (const sighting of findings) return sighting
  return undefined
}

/** The first places, at most `limit`; the rest is not read. */
export function firstPlaces(findings: Sightings, limit: number): readonly Sighting[] {
  const first: Sighting[] = []
  if (limit <= 0) return first
  for (const sighting of findings) {
    first.push(sighting)
    if (first.length >= limit) break
  }
  return first
}

/** `config/prod.env:14`; the address or the commit where no file is named; empty where nothing is. */
export function whereFound({ file, line, url, commit }: Place): string {
  if (file !== undefined && file !== '') return line === undefined ? file : `${file}:${line}`
  if (url !== undefined && url !== '') return url
  return commit === undefined || commit === '' ? '' : `commit ${commit.slice(0, 12)}`
}

/** `2026-11-01, public`: since when it could be read there, and by whom. */
export function whenAndForWhom({ at, exposure }: Place): string {
  return [at === undefined ? '' : day(at), exposure === undefined || exposure === 'unknown' ? '' : exposure]
    .filter(word => word !== '')
    .join(', ')
}

/** The case's own exposure and first time; those of its first place in a report that has none. */
export function seenFirst({ exposure, firstAt }: Pick<Case, 'exposure' | 'firstAt'>, first: Place): Place {
  const at = firstAt ?? first.at
  return { exposure: exposure ?? first.exposure ?? 'unknown', ...(at !== undefined && { at }) }
}

/** `public repository, first seen 2026-11-01`; empty where neither is known. */
export function exposedWords({ exposure, medium, firstAt }: Pick<Case, 'exposure' | 'medium' | 'firstAt'>): string {
  const level = exposure === undefined || exposure === 'unknown' ? '' : exposure
  const kind = medium === undefined ? '' : mediumWords[medium]
  const where = [level, kind].filter(word => word !== '').join(' ')
  return [where, firstAt === undefined ? '' : `first seen ${day(firstAt)}`].filter(word => word !== '').join(', ')
}

export function placeCount(findings: Sightings): string {
  return count(findings.length, 'place')
}
