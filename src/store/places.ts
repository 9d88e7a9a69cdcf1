import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Sighting, Sightings } from '../model/credential.ts'
import {
  decode,
  encode,
  type Found,
  isAlike,
  longestPlace,
  putPlain,
  separator,
  shortened,
  sourceText,
} from './place-line.ts'
import { Veil } from './veil.ts'

/** Bytes of places that stay in memory, some half a million of them; what is beyond goes to a file of the run's folder. */
const mostInMemory = 48 * 1024 * 1024
const blockSize = 1024 * 1024
/** More than the numbers and separators of a place can take, in characters. */
const besidesTexts = 64

/** Places that were added one after the other: the last one, and how many. */
export interface Chain {
  readonly last: number
  readonly count: number
}

/** Every place of every secret, kept as a line of text each: a million of them take some dozens of megabytes. */
export class Places {
  readonly #folder: string
  readonly #clean: (text: string) => string
  readonly #mostBlocks: number
  /** All of one size, so that a place is found by division; the last one is being filled. */
  readonly #blocks: Buffer[] = [Buffer.allocUnsafe(blockSize)]
  #used = 0
  /** The first place that is in the last block. */
  #first = 1
  /** Bytes in the file. */
  #spilled = 0
  readonly #veil = new Veil()
  #descriptor: number | undefined
  readonly #sources: string[] = []
  readonly #numbers = new Map<string, number>()
  #last: { readonly finding: Found; readonly number: number } | undefined
  /** Where each is: in memory, or `-1 - offset` in the file. */
  #at = new Float64Array(1024)
  #length = new Uint32Array(1024)
  #before = new Uint32Array(1024)
  #count = 0

  /**
   * @param folder where a spill file may be put
   * @param clean takes secrets out of a text: a path or an author can hold the key itself. Called when a place is read,
   * as a secret that is found later may stand in an earlier place, and before a long one is cut.
   * @param inMemory how many bytes of places stay in memory
   */
  constructor(folder: string, clean = (text: string): string => text, inMemory = mostInMemory) {
    this.#folder = folder
    this.#clean = clean
    this.#mostBlocks = Math.max(1, Math.floor(inMemory / blockSize))
  }

  /** Keeps a place; `after` is what the last call for the same owner gave, 0 for its first. */
  add(finding: Found, after: number): number {
    const source = this.#sourceOf(finding)
    const room = this.#addPlain(finding, source) ?? this.#addText(finding, source)
    const index = ++this.#count
    if (index >= this.#at.length) this.#grow()
    this.#at[index] = (this.#blocks.length - 1) * blockSize + this.#used
    this.#length[index] = room
    this.#before[index] = after
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
      for (const index of order) yield decode(this.#clean(this.#whole(this.#text(index))))
    }
  }

  /** Most places are of plain letters and fit, and go into the block byte by byte. Gives their length; undefined for others. */
  #addPlain({ place }: Found, source: number): number | undefined {
    const { file = '', line, column, commit = '', url = '', author = '', at = '' } = place
    const most = file.length + commit.length + url.length + author.length + at.length + besidesTexts
    const block = this.#blocks.at(-1)
    if (block === undefined || most > longestPlace || this.#used + most > blockSize) return undefined
    let end = putPlain(block, this.#used, String(source))
    end = putPlain(block, end, file)
    end = putPlain(block, end, line === undefined ? '' : String(line))
    end = putPlain(block, end, column === undefined ? '' : String(column))
    end = putPlain(block, end, commit)
    end = putPlain(block, end, url)
    end = putPlain(block, end, author)
    end = putPlain(block, end, at)
    // Without the separator behind the last field.
    return end < 0 ? undefined : end - 1 - this.#used
  }

  #addText(finding: Found, source: number): number {
    const own = encode(finding)
    const line = `${source}${separator}${own.length > longestPlace ? shortened(this.#clean(own)) : own}`
    const room = Buffer.byteLength(line)
    if (this.#used + room > blockSize) this.#turn(room)
    this.#blocks.at(-1)?.write(line, this.#used)
    return room
  }

  /** The number of what a finding shares with others of its scanner, rule and repository; those stand beside each other. */
  #sourceOf(finding: Found): number {
    const last = this.#last
    if (last !== undefined && isAlike(last.finding, finding)) return last.number
    const text = sourceText(finding)
    const source = text.length > longestPlace ? shortened(this.#clean(text)) : text
    const number = this.#numbers.get(source) ?? this.#sources.push(source) - 1
    this.#numbers.set(source, number)
    this.#last = { finding, number }
    return number
  }

  #whole(line: string): string {
    const end = line.indexOf(separator)
    return `${this.#sources[Number(line.slice(0, end))] ?? ''}${line.slice(end)}`
  }

  #text(index: number): string {
    const at = this.#at[index] ?? 0
    const length = this.#length[index] ?? 0
    const start = at % blockSize
    if (at >= 0) return this.#blocks[Math.floor(at / blockSize)]?.toString('utf8', start, start + length) ?? ''
    if (this.#descriptor === undefined) throw new Error('the places of a run can be read until it is closed')
    const bytes = Buffer.allocUnsafe(length)
    readSync(this.#descriptor, bytes, 0, length, -1 - at)
    return this.#veil.over(bytes, -1 - at).toString('utf8')
  }

  /** Begins a new block, or puts the full one away and begins it again. */
  #turn(room: number): void {
    if (room > blockSize) throw new RangeError('a place longer than a mebibyte')
    if (this.#blocks.length < this.#mostBlocks) this.#blocks.push(Buffer.allocUnsafe(blockSize))
    else this.#putAway()
    this.#first = this.#count + 1
    this.#used = 0
  }

  /** Moves the last block to the file, where nobody else can read it. */
  #putAway(): void {
    this.#descriptor ??= this.#spill()
    const block = this.#blocks.at(-1)?.subarray(0, this.#used) ?? Buffer.alloc(0)
    writeSync(this.#descriptor, this.#veil.over(block, this.#spilled), 0, block.length, this.#spilled)
    for (let index = this.#first; index <= this.#count; index++)
      this.#at[index] = -1 - this.#spilled - ((this.#at[index] ?? 0) % blockSize)
    this.#spilled += block.length
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
