import { constants } from 'node:fs'
import { open, readdir, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { PathIndex } from './path-index.ts'
import { type Path, pathsIn } from './path-segments.ts'

/** Larger files are not read, in bytes. */
export const largestFile = 10 * 1024 * 1024
/** In a folder with more files than this, only paths that stand there as they are written are found. */
const mostFiles = 500_000

/** Why a file could not be read. */
export type Unread = 'outside' | 'several_files' | 'no_file' | 'too_big' | 'unreadable'

/** A file under a folder, by its path from there. */
export interface Inside {
  readonly path: string
}

/** The files under one folder. No path and no symbolic link leads out of it. */
export class Checkout {
  readonly #root: string
  readonly #given: string
  #index: Promise<PathIndex> | undefined

  /** @param root its real path @param given as the user wrote it */
  constructor(root: string, given: string) {
    this.#root = root
    this.#given = given
  }

  /** The path, under the folder, of the file that a report means: as written, else the one with the longest end in common. */
  async find(file: string): Promise<Inside | Unread> {
    const paths = pathsIn(file)
    if (paths.length === 0) return 'outside'
    let left = false
    for (const path of paths)
      for (const names of [path.names, ...this.#beneath(path)]) {
        const real = await this.#real(join(...names))
        if (real === 'outside') left = true
        else if (real !== undefined) return { path: names.join('/') }
      }
    if (left) return 'outside'
    for (const path of paths) {
      const found = await this.#ending(path)
      if (found !== 'no_file') return found
    }
    return 'no_file'
  }

  async read(path: string): Promise<Buffer | Unread> {
    const leads = await this.#real(path)
    if (leads === undefined) return 'no_file'
    if (leads === 'outside') return leads
    try {
      // It is the real path: a link in its place has come since, and leads elsewhere.
      const file = await open(leads.path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
      try {
        const { size } = await file.stat()
        return size > largestFile ? 'too_big' : await file.readFile()
      } finally {
        await file.close()
      }
    } catch {
      return 'unreadable'
    }
  }

  /** An absolute path of this very folder. */
  *#beneath({ names, absolute }: Path): Generator<readonly string[]> {
    if (!absolute) return
    for (const root of [this.#root, this.#given]) {
      const own = root.split(sep).filter(name => name !== '')
      if (root.startsWith(sep) && names.length > own.length && own.every((name, index) => name === names[index]))
        yield names.slice(own.length)
    }
  }

  /** Where a path really leads; undefined where there is no file. */
  async #real(path: string): Promise<Inside | 'outside' | undefined> {
    const real = await realpath(join(this.#root, path)).catch(() => undefined)
    if (real === undefined) return undefined
    if (!real.startsWith(this.#root.endsWith(sep) ? this.#root : this.#root + sep)) return 'outside'
    return (await isFile(real)) ? { path: real } : undefined
  }

  async #ending(path: Path): Promise<Inside | Unread> {
    this.#index ??= indexOf(this.#root)
    const [first, ...others] = (await this.#index).best(path)
    if (first === undefined) return 'no_file'
    return others.length > 0 ? 'several_files' : { path: first }
  }
}

async function isFile(path: string): Promise<boolean> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined)
  if (file === undefined) return false
  try {
    return (await file.stat()).isFile()
  } finally {
    await file.close()
  }
}

/** Every file under a folder by its last name. Symbolic links and Git's own folder are left out. */
async function indexOf(root: string): Promise<PathIndex> {
  const index = new PathIndex()
  const folders: string[][] = [[]]
  let count = 0
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readdir(join(root, ...folder), { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const path = [...folder, entry.name]
      if (entry.isDirectory() && entry.name !== '.git') folders.push(path)
      if (!entry.isFile()) continue
      if (++count > mostFiles) return new PathIndex()
      index.add(path)
    }
  }
  return index
}
