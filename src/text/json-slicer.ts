import { at } from '../model/path.ts'
import { JsonEnd } from './json-end.ts'
import { JsonNeighbours } from './json-neighbours.ts'
import { descends, type PathNode, steps } from './json-path.ts'
import { nextRecord, opening, scalar } from './json-restart.ts'

/** Told what the slicer finds. */
export interface Slices {
  /** One record, parsed. */
  record(value: unknown, line: number): void
  /** A record is not JSON, as JSON.parse says, or has no end; the next one is looked for inside it. */
  broken(error: unknown, line: number): void
  /** A line between documents that belongs to none. */
  stray(text: string, line: number): void
  /** The input ended inside a document, or a record grew too long. */
  cut(line: number, why: 'ended' | 'long'): void
}

type Frame = { readonly node: PathNode; readonly array: boolean; index: number; key: string }

const longest = 64 * 1024 * 1024
const mostRestarts = 100
const [QUOTE, NEWLINE, COMMA, COLON, MARK] = [34, 10, 44, 58, 0xfeff]
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [123, 125, 91, 93]
/**
 * Cuts the records out of JSON of any length without parsing what is around them. Text comes in pieces; only the record
 * at hand is kept. Documents may follow one another, with log lines between them.
 */
export class JsonSlicer {
  readonly #root: PathNode
  readonly #slices: Slices
  readonly #sample: unknown
  readonly #frames: Frame[] = []
  readonly #context = new Map<string, unknown>()
  /** What the sample says where the document has said nothing yet. */
  readonly #sampled = new Map<string, unknown>()
  readonly #end = new JsonEnd()
  readonly #neighbours = new JsonNeighbours()
  #documents = 0
  #keyNext = false
  #stray: string | undefined
  /** White space before the character at hand, where nothing else is before it on its line. */
  #margin: string | undefined = ''
  #taking: 'key' | 'record' | 'context' | 'nothing' = 'nothing'
  #path = ''
  #from = 0
  #held: string[] = []
  #heldLength = 0
  #start: { line: number; margin: string | undefined } = { line: 1, margin: '' }
  #opening: string | undefined
  #restarts = 0

  /** `sample` is the first document's start, for context that comes after the records. */
  constructor(root: PathNode, slices: Slices, sample?: unknown) {
    this.#root = root
    this.#slices = slices
    this.#sample = sample
    this.#end.lines = 1
  }

  push(piece: string): void {
    let text = piece
    let i = 0
    this.#over(text)
    while (i < text.length) {
      if (this.#stray !== undefined) i = this.#skipLine(text, i, this.#stray)
      else if (this.#end.reached) {
        i = this.#between(text, i)
        if (i === text.length && !this.#end.reached && this.#taking !== 'nothing') this.#hold(text, i)
      } else {
        i = this.#end.scan(i)
        if (this.#taking === 'nothing') continue
        this.#hold(text, i)
        const tooLong = !this.#end.reached && this.#heldLength > longest
        const again = this.#end.reached ? this.#take() : tooLong ? this.#giveUp('long') : undefined
        if (again === undefined) continue
        text = again + text.slice(i)
        i = 0
        this.#over(text)
      }
    }
  }

  #over(text: string): void {
    this.#end.over(text)
    this.#neighbours.over(text)
  }

  end(): void {
    while (!this.#end.reached && this.#taking === 'record') {
      const again = this.#giveUp('ended')
      if (again === undefined) return
      this.push(again)
    }
    if (this.#stray !== undefined) this.#slices.stray(this.#stray, this.#end.lines)
    else if (this.#frames.length > 0 || !this.#end.reached) this.#slices.cut(this.#end.lines, 'ended')
  }

  /** What stands around the record at hand, or its key for a `*`; from the document's start where it has yet to come by. */
  around(path: string): unknown {
    if (path.endsWith('*')) return this.#frames[steps(path).length - 1]?.key
    if (this.#context.has(path)) return this.#context.get(path)
    if (this.#documents > 1) return undefined
    if (!this.#sampled.has(path)) {
      const here = steps(path).map((step, depth) => (step === '[]' ? String(this.#frames[depth]?.index ?? 0) : step))
      this.#sampled.set(path, at(this.#sample, here.join('.')))
    }
    return this.#sampled.get(path)
  }

  #hold(text: string, end: number): void {
    this.#held.push(text.slice(this.#from, end))
    this.#heldLength += end - this.#from
    this.#from = 0
  }

  /** One character outside of what is taken or skipped whole; gives the place to go on. */
  #between(text: string, i: number): number {
    const code = text.charCodeAt(i)
    const frame = this.#frames.at(-1)
    if (code === OPEN_BRACE || code === OPEN_BRACKET || (code === QUOTE && frame !== undefined)) {
      const end = this.#open(code, frame, i)
      if (end !== undefined) {
        this.#margin = undefined
        return end
      }
    } else if (code === NEWLINE) this.#end.lines++
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      this.#frames.pop()
      this.#keyNext = false
    } else if (frame === undefined) {
      if (code > 32 && code !== COMMA && code !== MARK) {
        this.#stray = ''
        return i
      }
    } else if (code === COMMA) {
      frame.index++
      this.#keyNext = !frame.array
    } else if (code === COLON) this.#keyNext = false
    if (code === NEWLINE) this.#margin = ''
    else if (this.#margin !== undefined) this.#margin = code <= 32 ? this.#margin + text[i] : undefined
    return i + 1
  }

  /** Gives the place after what is read at once. */
  #open(code: number, frame: Frame | undefined, i: number): number | undefined {
    const isKey = code === QUOTE && frame !== undefined && this.#keyNext
    const node = isKey ? undefined : this.#node(frame, code)
    if (frame === undefined) this.#documents++
    const takes = node?.wanted === 'context' || (node?.wanted === 'record' && code === OPEN_BRACE)
    if (node !== undefined && !takes && code !== QUOTE && descends(node, code === OPEN_BRACKET)) {
      if (frame?.array === true) this.#forget(node)
      this.#frames.push({ node, array: code === OPEN_BRACKET, index: 0, key: '' })
      this.#keyNext = code === OPEN_BRACE
      return undefined
    }
    this.#taking = isKey ? 'key' : takes ? (node?.wanted ?? 'nothing') : 'nothing'
    this.#path = node?.path ?? ''
    this.#start = { line: this.#end.lines, margin: this.#margin }
    const whole = this.#taking === 'record' ? this.#neighbours.like(i, this.#margin) : undefined
    if (whole !== undefined) {
      this.#slices.record(whole.value, this.#end.lines)
      this.#end.lines += whole.lines
      return whole.end
    }
    this.#end.begin(code === QUOTE)
    this.#from = i
    this.#held = []
    this.#heldLength = 0
    return undefined
  }

  /** What stood in the element before is not around the records of the next. */
  #forget({ path: element }: PathNode): void {
    this.#sampled.clear()
    for (const path of this.#context.keys()) if (path.startsWith(`${element}.`)) this.#context.delete(path)
  }

  /** What the path says of a value here. An object beside an array of records is one that broken JSON has pushed out. */
  #node(frame: Frame | undefined, code: number): PathNode | undefined {
    if (frame !== undefined) {
      return frame.array ? frame.node.below.get('[]') : (frame.node.below.get(frame.key) ?? frame.node.below.get('*'))
    }
    const lost = code === OPEN_BRACE && this.#root.wanted === undefined && !descends(this.#root, false)
    return lost ? this.#root.below.get('[]') : this.#root
  }

  /** Hands on the value that has come to its end; gives back text that has to be read again. */
  #take(): string | undefined {
    const text = this.#held.join('')
    this.#held = []
    if (this.#taking === 'record') {
      let record: unknown
      try {
        record = JSON.parse(text)
      } catch (error) {
        this.#slices.broken(error, this.#start.line)
        return this.#restart(text)
      }
      this.#slices.record(record, this.#start.line)
      this.#opening ??= opening(text)
      return undefined
    }
    const value = scalar(text)
    const frame = this.#frames.at(-1)
    if (this.#taking === 'context') this.#context.set(this.#path, value)
    else if (frame !== undefined) frame.key = String(value)
    return undefined
  }

  #giveUp(why: 'ended' | 'long'): string | undefined {
    const text = this.#held.splice(0).join('')
    this.#end.abandon()
    const again = this.#taking === 'record' ? this.#restart(text) : undefined
    if (again !== undefined) this.#slices.broken(undefined, this.#start.line)
    else this.#slices.cut(this.#start.line, why)
    return again
  }

  /** A record that lost a bracket swallows its neighbours: the text from the next one's beginning on. */
  #restart(text: string): string | undefined {
    const start = this.#opening ?? opening(text)
    if (start === undefined || this.#restarts >= mostRestarts) return undefined
    const from = nextRecord(text, start, this.#start.margin)
    if (from < 1) return undefined
    this.#restarts++
    this.#end.lines = this.#start.line + text.slice(0, from).split('\n').length - 1
    return text.slice(from)
  }

  #skipLine(text: string, i: number, before: string): number {
    const end = text.indexOf('\n', i)
    this.#stray = (before + text.slice(i, end === -1 ? text.length : end)).slice(0, 200)
    if (end === -1) return text.length
    this.#slices.stray(this.#stray, this.#end.lines)
    this.#stray = undefined
    return end
  }
}
