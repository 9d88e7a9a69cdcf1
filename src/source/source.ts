import { opendir, realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Finding } from '../model/finding.ts'
import { Checkout, type Inside, largestFile, type Unread } from './checkout.ts'
import { git, gitFolder } from './git.ts'
import { GitObjects } from './git-objects.ts'
import { type History, historyOf } from './history.ts'
import { PathIndex } from './path-index.ts'
import { pathsIn } from './path-segments.ts'
import { SourceText } from './source-text.ts'
import { TextCache } from './text-cache.ts'

/** Why there is no text to look into. */
export type Missing = Unread | 'no_commit' | 'no_place' | 'no_git'

/** Of a path's versions, the newest so many are looked into. */
const mostVersions = 200
const mostEndings = 8
const hex = /^[\da-f]{7,64}$/i

/** One folder that holds sources: a checkout with or without its repository, or a bare repository. */
export class Source {
  /** The folder as the user wrote it. */
  readonly name: string
  readonly #checkout: Checkout
  readonly #objects: GitObjects | undefined
  readonly #history: () => Promise<History>
  readonly #bare: boolean
  readonly #cache = new TextCache<Missing>()
  readonly #found = new Map<string, Promise<Inside | Unread>>()
  #read: Promise<History> | undefined

  private constructor(
    name: string,
    checkout: Checkout,
    bare: boolean,
    folder: string | undefined,
    path: string | undefined,
  ) {
    this.name = name
    this.#checkout = checkout
    this.#bare = bare
    if (folder === undefined) {
      this.#history = async () => ({ versions: new Map(), paths: new PathIndex(), cut: false })
      return
    }
    this.#objects = new GitObjects(() => git(folder, ['cat-file', '--batch'], path), largestFile)
    this.#history = () => historyOf(args => git(folder, args, path))
  }

  /** Throws the file system's error where the folder can't be opened. Git is started when it is first needed. */
  static async open(folder: string, path?: string): Promise<Source> {
    const root = await realpath(folder)
    await (await opendir(root)).close()
    const own = await gitFolder(root)
    return new Source(folder, new Checkout(root, resolve(folder)), own === root, own, path)
  }

  close(): void {
    this.#objects?.close()
  }

  /** Says where its history was too long to be looked through. */
  async cut(): Promise<readonly string[]> {
    const cut = (await this.#read)?.cut === true
    return cut ? ['The history is longer than what was looked through: an old value may have been missed.'] : []
  }

  /** The text in which the finding's scanner saw it: that of its blob or commit, or the file as it is. */
  async exact({ place: { file, commit }, hidden }: Finding): Promise<SourceText | Missing> {
    if (hidden?.blob !== undefined) {
      const text = await this.#object(hidden.blob)
      if (typeof text !== 'string') return text
    }
    if (file === undefined) return 'no_place'
    if (commit === undefined || /^0+$/.test(commit))
      return this.#bare ? this.#committed('HEAD', file) : this.#file(file)
    if (!hex.test(commit)) return 'no_commit'
    return this.#committed(hidden?.removed ? `${commit}^` : commit, file)
  }

  /** Other texts of the same path: the file as it is, and every version of it, the newest first. */
  async *others({ place: { file, commit } }: Finding): AsyncGenerator<SourceText> {
    if (file === undefined) return
    if (commit !== undefined) {
      const text = this.#bare ? await this.#committed('HEAD', file) : await this.#file(file)
      if (typeof text !== 'string') yield text
    }
    if (this.#objects === undefined) return
    this.#read ??= this.#history()
    const { versions } = await this.#read
    const tails = tailsOf(file).filter(tail => versions.has(tail))
    for (const tail of tails.length > 0 ? tails.slice(0, 1) : await this.#endings(file))
      for (const blob of versions.get(tail)?.slice(0, mostVersions) ?? []) {
        const text = await this.#object(blob)
        if (typeof text !== 'string') yield text
      }
  }

  async #file(file: string): Promise<SourceText | Missing> {
    const finding = this.#found.get(file) ?? this.#checkout.find(file)
    this.#found.set(file, finding)
    const found = await finding
    if (typeof found === 'string') return found
    const { path } = found
    return this.#cache.get(`file ${path}`, async () => textOf(await this.#checkout.read(path)), sizeOf)
  }

  async #committed(commit: string, file: string): Promise<SourceText | Missing> {
    const tails = tailsOf(file)
    if (tails.length === 0) return 'outside'
    for (const tail of tails) {
      const text = await this.#object(`${commit}:${tail}`)
      if (text !== 'no_file') return text
    }
    if ((await this.#objects?.get(`${commit}^{tree}`)) !== 'no_blob') return 'no_commit'
    const texts = await Promise.all((await this.#endings(file)).map(path => this.#object(`${commit}:${path}`)))
    const [text = 'no_file', ...others] = texts.filter(one => one !== 'no_file')
    return others.length > 0 ? 'several_files' : text
  }

  /** Paths of any time that end as a report's does, whose root is a folder further in. */
  async #endings(file: string): Promise<readonly string[]> {
    this.#read ??= this.#history()
    const { paths } = await this.#read
    const found = pathsIn(file).map(path => paths.best(path))
    return (found.find(best => best.length > 0) ?? []).slice(0, mostEndings)
  }

  async #object(name: string): Promise<SourceText | Missing> {
    const objects = this.#objects
    if (objects === undefined) return 'no_commit'
    return this.#cache.get(
      `object ${name}`,
      async () => {
        const object = await objects.get(name)
        if (object === 'missing' || object === 'no_blob') return 'no_file'
        return object === 'failed' ? 'unreadable' : object === 'no_git' ? object : textOf(object)
      },
      sizeOf,
    )
  }
}

/** A path as it is and without its first names, the longest first: a report may have the container's before the repository's. */
function tailsOf(file: string): readonly string[] {
  return pathsIn(file).flatMap(({ names }) => names.map((_, index) => names.slice(index).join('/')))
}

function textOf(bytes: Buffer | 'too_big' | Unread): SourceText | Missing {
  return typeof bytes === 'string' ? bytes : new SourceText(bytes)
}

function sizeOf(found: SourceText | Missing): number {
  return typeof found === 'string' ? 0 : found.text.length
}
