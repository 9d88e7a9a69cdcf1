import { type Document, isMap, isPair, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'

/** A fault in somebody's file, where it stands and what was expected. Lines and columns count from 1. */
export interface Fault {
  readonly file: string
  readonly line: number
  readonly column: number
  /** The place in the file's own words: `requests.account.verdict.0.reason`. */
  readonly at: string
  readonly message: string
}

/** What is wrong, by the path to it. */
export interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

type Read<Value> =
  | { readonly value: Value; readonly faults?: undefined; readonly faultAt: (issue: Issue) => Fault }
  | { readonly faults: readonly Fault[] }

/** Reads a YAML text and holds it against a schema. What is wrong comes back all at once, each with its place. */
export function readYaml<Schema extends z.ZodType>(file: string, text: string, schema: Schema): Read<z.output<Schema>> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true })
  const fault = (offset: number, at: string, message: string): Fault => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col, at, message }
  }
  if (document.errors.length > 0)
    return { faults: document.errors.map(error => fault(error.pos[0], '', (error.message.split('\n', 1)[0] ?? '').replace(/ at line \d+, column \d+:?$/, ''))) }
  const faultAt = ({ path, message }: Issue): Fault => fault(offsetOf(document, path), path.join('.'), message)
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 20 }) ?? {})
  return parsed.success ? { value: parsed.data, faultAt } : { faults: parsed.error.issues.flatMap(unfold).map(faultAt) }
}

/** A union's issues say "Invalid input"; those of the branch that came furthest say what is wrong. */
function unfold(issue: z.core.$ZodIssue): readonly Issue[] {
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.map(branch => branch.flatMap(unfold))
    const depth = (branch: readonly Issue[]): number => Math.max(0, ...branch.map(({ path }) => path.length))
    const furthest = Math.max(0, ...branches.map(depth))
    const telling = branches.filter(branch => depth(branch) === furthest)
    const [best] = telling
    if (furthest > 0 && best !== undefined) return best.map(({ path, message }) => ({ path: [...issue.path, ...path], message }))
    return [{ path: issue.path, message: [...new Set(branches.flat().map(({ message }) => message))].join('; or ') || issue.message }]
  }
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({ path: [...issue.path, key], message: `"${key}" is not a word of this format here` }))
  return [{ path: issue.path, message: issue.message }]
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true) ?? document.contents
    if (isMap(parent)) {
      const pair = parent.items.find(item => isPair(item) && String(item.key) === String(path[length - 1]))
      const key: unknown = pair?.key
      if (hasRange(key)) return key.range[0]
    }
    const node: unknown = document.getIn(path.slice(0, length), true)
    if (hasRange(node)) return node.range[0]
  }
  return 0
}

function hasRange(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
}

