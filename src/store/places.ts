import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Sighting, Sightings } from '../model/credential.ts'
import { type Exposure, type Finding, type Medium, media, type Prior } from '../model/finding.ts'

/** Bytes of places that stay in memory; what is beyond goes to a file of the run's folder. */
const inMemory = 32 * 1024 * 1024
const blockSize = 1024 * 1024
const separator = '\u001f'
const escapeMark = '\u001b'
/** Of a place that is too long to be kept whole, so many characters of each field are. */
const longestField = 4096
const longestPlace = 16_384

/** What of a finding is kept as a place. */
type Found = Pick<Finding, 'tool' | 'rule' | 'prior' | 'place' | 'readBack'>

/** Places that were added one after the other: the last one, and how many. */
export interface Chain {
  readonly last: number
  readonly count: number
}

/** Every place of every secret, kept as a line of text each: a million of them take some dozens of megabytes. */
export class Places {
  readonly #folder: string
  readonly #clean: (text: string) => string
  readonly #blocks: Buffer[] = []
  #block = Buffer.allocUnsafe(blockSize)
  #used = 0
  #flushed = 0
  #descriptor: number | undefined
  readonly #sources: string[] = []
  readonly #numbers = new Map<string, number>()
  #last: { readonly finding: Found; readonly number: number } | undefined
  #at = new Float64Array(1024)
  #length = new Uint32Array(1024)
  #before = new Uint32Array(1024)
  #count = 0

  /**
   * @param folder where a spill file may be put
   * @param clean takes secrets out of a text: a path or an author can hold the key itself. Called when a place comes and
   * again when it is read, as a secret that is found later may stand in an earlier place.
   */
  constructor(folder: string, clean = (text: string): string => text) {
    this.#folder = folder
    this.#clean = clean
  }

  /** Keeps a place; `after` is what the last call for the same owner gave, 0 for its first. */
  add(finding: Found, after: number): number {
    const line = `${this.#sourceOf(finding)}${separator}${shortened(this.#clean(encode(finding)))}`
    const room = Buffer.byteLength(line)
    if (this.#used + room > this.#block.length) this.#turn(room)
    const index = ++this.#count
    if (index >= this.#at.length) this.#grow()
    this.#at[index] = this.#flushed + this.#used
    this.#length[index] = room
    this.#before[index] = after
    this.#block.write(line, this.#used)
    this.#used += room
    return index
  }

  /** The places of one owner, in the order in which they were added. */
  list(chains: readonly Chain[]): Sightings {
    const walk = (): Iterator<Sighting> => this.#walk(chains)
    return { length: chains.reduce((sum, { count }) => sum + count, 0), [Symbol.iterator]: walk }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
    this.#descriptor = undefined
  }

  *#walk(chains: readonly Chain[]): Generator<Sighting> {
    for (const { last, count } of chains) {
      const order = new Uint32Array(count)
      for (let slot = count - 1, index = last; slot >= 0; slot--) {
        order[slot] = index
        index = this.#before[index] ?? 0
      }
      for (const index of order)
        yield decode(this.#clean(this.#whole(this.#text(this.#at[index] ?? 0, this.#length[index] ?? 0))))
    }
  }

  /** The number of what a finding shares with others of its scanner, rule and repository; those stand beside each other. */
  #sourceOf(finding: Found): number {
    const last = this.#last
    if (last !== undefined && isAlike(last.finding, finding)) return last.number
    const source = shortened(this.#clean(sourceText(finding)))
    const number = this.#numbers.get(source) ?? this.#sources.push(source) - 1
    this.#numbers.set(source, number)
    this.#last = { finding, number }
    return number
  }

  #whole(line: string): string {
    const end = line.indexOf(separator)
    return `${this.#sources[Number(line.slice(0, end))] ?? ''}${line.slice(end)}`
  }

  #text(at: number, length: number): string {
    if (at >= this.#flushed) return this.#block.toString('utf8', at - this.#flushed, at - this.#flushed + length)
    const kept = this.#blocks[Math.floor(at / blockSize)]
    if (kept !== undefined) return kept.toString('utf8', at % blockSize, (at % blockSize) + length)
    if (this.#descriptor === undefined) throw new Error('the places of a run can be read until it is closed')
    const bytes = Buffer.allocUnsafe(length)
    readSync(this.#descriptor, bytes, 0, length, at)
    return bytes.toString('utf8')
  }

  /** Puts the full block away. Every block is of the same size, so that a place is found by division. */
  #turn(room: number): void {
    if (room > blockSize) throw new RangeError('a place longer than a mebibyte')
    if (this.#flushed < inMemory) this.#blocks.push(this.#block)
    else {
      this.#descriptor ??= this.#spill()
      writeSync(this.#descriptor, this.#block, 0, blockSize, this.#flushed)
    }
    if (this.#flushed < inMemory) this.#block = Buffer.allocUnsafe(blockSize)
    this.#flushed += blockSize
    this.#used = 0
  }

  #spill(): number {
    const file = join(this.#folder, `places-${randomUUID()}.tmp`)
    const descriptor = openSync(file, 'wx+', 0o600)
    // The name goes at once: the file lives as long as the run does, and no longer, however that ends.
    unlinkSync(file)
    return descriptor
  }

  #grow(): void {
    const size = this.#at.length * 2
    this.#at = wider(new Float64Array(size), this.#at)
    this.#length = wider(new Uint32Array(size), this.#length)
    this.#before = wider(new Uint32Array(size), this.#before)
  }
}

function wider<Numbers extends Float64Array | Uint32Array>(to: Numbers, from: Numbers): Numbers {
  to.set(from)
  return to
}

/** What is a place's own, as one line. Written out field by field: a million of them are made. */
function encode({ place }: Found): string {
  const { file, line, column, commit, url, author, at } = place
  const where = `${written(file)}${separator}${line ?? ''}${separator}${column ?? ''}${separator}${written(commit)}`
  return `${where}${separator}${written(url)}${separator}${written(author)}${separator}${written(at)}`
}

function sourceText({ tool, rule, prior, place, readBack }: Found): string {
  const { exposure, medium, repository } = place
  return [tool, rule, exposure, prior, medium, repository, readBack].map(written).join(separator)
}

function isAlike(a: Found, b: Found): boolean {
  return (
    a.tool === b.tool &&
    a.rule === b.rule &&
    a.prior === b.prior &&
    a.readBack === b.readBack &&
    a.place.exposure === b.place.exposure &&
    a.place.medium === b.place.medium &&
    a.place.repository === b.place.repository
  )
}

function written(field: string | undefined): string {
  return field === undefined ? '' : escaped(field)
}

/** Cut only after it was cleaned: a piece of a key would not be known for one. */
function shortened(line: string): string {
  if (line.length <= longestPlace) return line
  return line
    .split(separator)
    .map(field => field.slice(0, longestField))
    .join(separator)
}

function escaped(text: string): string {
  if (!text.includes(escapeMark) && !text.includes(separator)) return text
  return text.replaceAll(escapeMark, `${escapeMark}e`).replaceAll(separator, `${escapeMark}s`)
}

function unescaped(text: string): string {
  return text.replaceAll(`${escapeMark}s`, separator).replaceAll(`${escapeMark}e`, escapeMark)
}

function decode(text: string): Sighting {
  const fields = text.split(separator)
  const read = text.includes(escapeMark) ? fields.map(unescaped) : fields
  const [scanner = '', rule, exposure, prior, medium, repository, readBack, file, line, column, ...rest] = read
  const [commit, url, author, at] = rest
  return {
    scanner,
    ...(rule && { rule }),
    ...(file && { file }),
    ...(line && { line: Number(line) }),
    ...(column && { column: Number(column) }),
    ...(commit && { commit }),
    ...(url && { url }),
    ...(author && { author }),
    ...(at && { at }),
    ...(isExposure(exposure) && { exposure }),
    ...(isPrior(prior) && { prior }),
    ...(isMedium(medium) && { medium }),
    ...(repository && { repository }),
    ...((readBack === 'hash' || readBack === 'place') && { readBack }),
  }
}

function isExposure(text: string | undefined): text is Exposure {
  return text === 'public' || text === 'internal' || text === 'unknown'
}

function isMedium(text: string | undefined): text is Medium {
  return media.some(medium => medium === text)
}

function isPrior(text: string | undefined): text is Prior {
  return text === 'live' || text === 'dead' || text === 'unknown'
}
