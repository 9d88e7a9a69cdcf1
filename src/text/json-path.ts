import { isRecord } from '../model/path.ts'
import type { Row } from './row.ts'

/** One place of a document's shape: what is wanted there, and what lies below. */
export interface PathNode {
  readonly path: string
  readonly wanted?: 'record' | 'context'
  readonly below: ReadonlyMap<string, PathNode>
}

/** What a format of JSON says of where its records stand and how they look. */
export interface JsonShape {
  /** Where records stand: `''` (a document is one), `[]` (a top-level array's), `runs[].results[]`, `results.*[]`. */
  readonly records: readonly string[]
  /** Is this one of its records? Anything else between them (a log line, a summary) is passed over. */
  readonly knows: (record: Row) => boolean
  /** A stricter `knows` for recognition, where another format's records look alike. */
  readonly marks?: (record: Row) => boolean
  /** Recognises a document by what is around the records, so that a report without any is known too. */
  readonly envelope?: (document: Row) => boolean
}

interface Growing extends PathNode {
  wanted?: 'record' | 'context'
  readonly below: Map<string, Growing>
}

const stepsOf = new Map<string, readonly string[]>()

/** `runs[].results[]` as steps: `runs`, `[]`, `results`, `[]`; a `*` is any key. Remembered: each input is held against every format's paths. */
export function steps(path: string): readonly string[] {
  const known = stepsOf.get(path)
  if (known !== undefined) return known
  const made = path
    .replaceAll('[]', '.[]')
    .split('.')
    .filter(step => step !== '')
  stepsOf.set(path, made)
  return made
}

/** The shape in which a format's records, and what it wants to know around them, are found in one pass. */
export function pathTree(records: readonly string[], context: readonly string[]): PathNode {
  const root: Growing = { path: '', below: new Map() }
  for (const path of records) grow(root, path).wanted = 'record'
  for (const path of context) grow(root, path).wanted = 'context'
  return root
}

function grow(root: Growing, path: string): Growing {
  let node = root
  for (const step of steps(path)) {
    const known = node.below.get(step)
    const joint = step === '[]' || node.path === '' ? '' : '.'
    const next = known ?? { path: `${node.path}${joint}${step}`, below: new Map<string, Growing>() }
    node.below.set(step, next)
    node = next
  }
  return node
}

/** Is there something to find inside an array, or an object, that stands here? */
export function descends(node: PathNode, array: boolean): boolean {
  const elements = node.below.has('[]')
  return array ? elements : node.below.size > (elements ? 1 : 0)
}

/** The first records of a parsed document that stand at a path. */
export function recordsAt(document: unknown, path: string, most: number): Row[] {
  let level: unknown[] = [document]
  for (const step of steps(path)) {
    const next: unknown[] = []
    for (const value of level) {
      if (next.length >= most) break
      if (step === '[]' && Array.isArray(value)) for (const each of value.slice(0, most)) next.push(each)
      else if (step === '*' && isRecord(value)) next.push(...Object.values(value).slice(0, most))
      else if (step !== '[]' && isRecord(value) && Object.hasOwn(value, step)) next.push(value[step])
    }
    level = next
  }
  return level.slice(0, most).filter(isRecord)
}

/** Does this document belong to the format, by its first records or by what is around them? */
export function fits(format: JsonShape, document: unknown): boolean {
  const marks = format.marks ?? format.knows
  if (isRecord(document) && format.envelope?.(document) === true) return true
  return format.records.some(path => recordsAt(document, path, 200).some(marks))
}

/** The format's paths that can hold for such documents: whole documents are records only where none are inside them. */
export function pathsFor(format: JsonShape, documents: readonly unknown[]): readonly string[] {
  const inside = format.records.filter(path => path !== '')
  if (inside.length === format.records.length) return inside
  const whole = documents.some(document => isRecord(document) && format.knows(document))
  return whole || inside.length === 0 ? format.records : inside
}
