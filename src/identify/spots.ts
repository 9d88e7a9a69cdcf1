import type { Sighting } from '../model/credential.ts'

/** Where a half was seen, as far as that can tell what belongs to it. */
export interface Spot {
  readonly file: string | undefined
  readonly line: number | undefined
  readonly column: number
  readonly commit: string | undefined
}

/** Of a half that is everywhere, so many places are kept: the first in the order of their names, whoever read them first. */
const mostSpots = 256

/** The distinct places of a half, and the names under which it was found. */
export function spotsOf(sightings: Iterable<Sighting>): {
  readonly spots: readonly Spot[]
  readonly rules: ReadonlySet<string>
} {
  let kept = new Map<string, Spot>()
  const rules = new Set<string>()
  for (const { file, url, line, column = 0, commit, rule } of sightings) {
    const path = file ?? url
    const spot = { file: path === undefined ? undefined : plainPath(path), line, column, commit }
    if (rule !== undefined && rules.size < mostSpots) rules.add(rule)
    if (spot.file === undefined && commit === undefined) continue
    kept.set(`${spot.file}\0${commit}\0${line}\0${column}`, spot)
    if (kept.size >= 2 * mostSpots) kept = first(kept)
  }
  return { spots: [...first(kept).values()], rules }
}

function first(spots: ReadonlyMap<string, Spot>): Map<string, Spot> {
  return new Map([...spots].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, mostSpots))
}

/** `./a\b`, `file:///a/b` and `/a/b#L3` in the words of one another. */
function plainPath(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^file:\/\//, '')
    .replace(/#L\d+(?:-L?\d+)?$/, '')
    .replace(/^(?:\.\/)+/, '')
    .replaceAll(/\/{2,}/g, '/')
}

/** Scanners name a file from the root of the disk or from where they began: one name for both, where only one can be meant. */
export function sameFiles(files: Iterable<string>): (file: string) => string {
  const byEnding = new Map<string, string | undefined>()
  for (const file of new Set(files))
    if (isRooted(file))
      for (let at = file.indexOf('/'); at >= 0; at = file.indexOf('/', at + 1)) {
        const ending = file.slice(at + 1)
        byEnding.set(ending, byEnding.has(ending) ? undefined : file)
      }
  return file => (isRooted(file) ? file : (byEnding.get(file) ?? file))
}

/** The folder of a file; for what is inside an archive, the archive. */
export function folderOf(file: string): string | undefined {
  const archive = /^.*?\.(?:zip|jar|war|ear|whl|tar|tgz|tar\.(?:gz|xz|bz2|zst)|7z|rar|gz)(?=[/!:])/i.exec(file)?.[0]
  if (archive !== undefined) return archive
  const end = file.lastIndexOf('/')
  return end < 0 ? undefined : file.slice(0, end)
}

function isRooted(file: string): boolean {
  return file.startsWith('/') || /^[A-Za-z]:\//.test(file)
}
