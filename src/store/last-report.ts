import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case, Sighting, Sightings } from '../model/credential.ts'
import { isRecord } from '../model/path.ts'
import type { Report } from '../model/run.ts'

/** Places of one case that are kept; how many there are is kept beside them. */
const placesKept = 20

/** Where the last finished run of this machine stands, for commands that explain or continue it. */
export function lastReportFile(root: string): string {
  return join(root, 'runs', 'last-report.json')
}

/**
 * Keeps the report of a run in place of the one before, in the report's own form but with the first places only.
 * `scrub` sees every byte. Throws the file system's error where it can't be written.
 */
export function keepReport(root: string, report: Report, scrub: (text: string) => string): void {
  const places: Record<string, number> = {}
  const cases = report.cases.map(one => {
    const findings = firstOf(one.findings)
    if (findings.length < one.findings.length) places[one.id] = one.findings.length
    return { ...one, findings }
  })
  const file = lastReportFile(root)
  mkdirSync(join(root, 'runs'), { recursive: true, mode: 0o700 })
  // Whole or not at all: a reader never meets half a report.
  const unfinished = `${file}.${report.run.id}`
  writeFileSync(unfinished, `${scrub(JSON.stringify({ ...report, cases, places }))}\n`, { mode: 0o600 })
  renameSync(unfinished, file)
}

/** The cases of a report that was kept, each again with the number of all its places. */
export function withAllPlaces(report: Report): readonly Case[] {
  const counts: unknown = Reflect.get(report, 'places')
  if (!isRecord(counts)) return report.cases
  return report.cases.map(one => {
    const length = counts[one.id]
    return typeof length === 'number' ? { ...one, findings: counted(one.findings, length) } : one
  })
}

function counted(findings: Sightings, length: number): Sightings {
  return { length, [Symbol.iterator]: () => findings[Symbol.iterator]() }
}

function firstOf(findings: Sightings): readonly Sighting[] {
  const first: Sighting[] = []
  for (const place of findings) {
    if (first.length >= placesKept) break
    first.push(place)
  }
  return first
}
