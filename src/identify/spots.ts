import type { Sighting } from '../model/credential.ts'

/** Numbers for one place: file, line, column, commit, in this order; 0 is unknown. */
export const perSpot = 4
/** The places of a half, one after the other: a run can have a million. */
export type Spots = Int32Array

/** So many places of all halves are kept, between these bounds for each. */
const mostSpots = 400_000
const mostOfOne = 4096
const leastOfOne = 16

/** Reads where halves were seen, and numbers paths and commits, so that each is kept once. */
export class Atlas {
  readonly #most: number
  readonly #numbers = new Map<string, number>()
  readonly #names: string[] = ['']

  /** @param halves how many there are */
  constructor(halves: number) {
    this.#most = Math.min(mostOfOne, Math.max(leastOfOne, Math.floor(mostSpots / Math.max(1, halves))))
  }

  /**
   * The distinct places of a half, and the names under which it was found. Of too many, those are kept that are kept of
   * other halves in the same files, too, whoever was read first.
   */
  read(sightings: Iterable<Sighting>): { readonly spots: Spots; readonly rules: ReadonlySet<string> } {
    let kept: Seen[] = []
    const rules = new Set<string>()
    for (const { file, url, line = 0, column = 0, commit = '', rule } of sightings) {
      if (rule !== undefined) rules.add(rule)
      const path = plainPath(file ?? url ?? '')
      if (path === '' && commit === '') continue
      kept.push({ path, line, column, commit, order: hashOf(path) ^ hashOf(commit) })
      if (kept.length >= 4 * this.#most) kept = this.#chosen(kept)
    }
    const spots = this.#chosen(kept).flatMap(({ path, line, column, commit }) => [
      this.#number(path),
      line,
      column,
      this.#number(commit),
    ])
    return { spots: Int32Array.from(spots), rules }
  }

  name(number: number): string {
    return this.#names[number] ?? ''
  }

  /** The number of the folder of a file, 0 where it has none that tells anything. */
  folderOf(file: number): number {
    const folder = folderOf(this.name(file))
    return folder === undefined ? 0 : this.#number(`${folder}/`)
  }

  /**
   * Scanners name a file from the root of the disk, or from where they began: gives both the same number, where only
   * one can be meant.
   */
  unify(all: Iterable<Spots>): void {
    const files = new Set<number>()
    for (const spots of all) for (let at = 0; at < spots.length; at += perSpot) files.add(spots[at] ?? 0)
    const from = new Map<string, number | undefined>()
    for (const file of files) if (file > 0 && !isRooted(this.name(file))) from.set(this.name(file), 0)
    for (const file of files) {
      const name = this.name(file)
      if (!isRooted(name)) continue
      for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
        const ending = name.slice(at + 1)
        if (from.has(ending)) from.set(ending, from.get(ending) === 0 ? file : undefined)
      }
    }
    for (const spots of all)
      for (let at = 0; at < spots.length; at += perSpot) {
        const file = spots[at] ?? 0
        spots[at] = from.get(this.name(file)) || file
      }
  }

  #chosen(seen: readonly Seen[]): Seen[] {
    const ordered = seen.toSorted(inOrder)
    const distinct = ordered.filter((each, index) => index === 0 || inOrder(each, ordered[index - 1] ?? each) !== 0)
    return distinct.slice(0, this.#most)
  }

  #number(name: string): number {
    if (name === '') return 0
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    // A copy: a piece of a longer text would keep all of that.
    const own = Buffer.from(name).toString()
    const number = this.#names.length
    this.#names.push(own)
    this.#numbers.set(own, number)
    return number
  }
}

interface Seen {
  readonly path: string
  readonly line: number
  readonly column: number
  readonly commit: string
  /** Spreads places, and is the same for the same file and commit. */
  readonly order: number
}

function inOrder(a: Seen, b: Seen): number {
  if (a.order !== b.order) return a.order - b.order
  if (a.path !== b.path) return a.path < b.path ? -1 : 1
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1
  return a.line - b.line || a.column - b.column
}

/** FNV-1a: spreads names, and hides nothing. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}

/** `./a\b`, `file:///a/b` and `/a/b#L3` in the words of one another. */
function plainPath(path: string): string {
  if (!/[\\#:]|^\.\/|\/\//.test(path)) return path
  return path
    .replaceAll('\\', '/')
    .replace(/^file:\/\//, '')
    .replace(/#L\d+(?:-L?\d+)?$/, '')
    .replace(/^(?:\.\/)+/, '')
    .replaceAll(/(?<!:)\/{2,}/g, '/')
}

/** For what is inside an archive, the archive. */
function folderOf(file: string): string | undefined {
  const archive = /^.*?\.(?:zip|jar|war|ear|whl|tar|tgz|tar\.(?:gz|xz|bz2|zst)|7z|rar|gz)(?=[/!:])/i.exec(file)?.[0]
  if (archive !== undefined) return archive
  const end = file.lastIndexOf('/')
  return end < 0 ? undefined : file.slice(0, end)
}

function isRooted(file: string): boolean {
  return file.startsWith('/') || /^[A-Za-z]:\//.test(file)
}
