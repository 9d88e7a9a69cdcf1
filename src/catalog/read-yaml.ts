import { type Document, isMap, isPair, LineCounter, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import { explain } from './explain.ts'

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
    return { faults: document.errors.map(({ pos, code, message }) => fault(pos[0], '', notYaml(code, message))) }
  const faultAt = ({ path, message }: Issue): Fault => fault(offsetOf(document, path), path.join('.'), message)
  const plain = plainOf(document)
  if (plain.why !== undefined) return { faults: [fault(firstAlias(document), '', plain.why)] }
  const parsed = schema.safeParse(plain.value ?? {}, { error: explain, reportInput: true })
  if (parsed.success) return { value: parsed.data, faultAt }
  if (plain.value === undefined || plain.value === null) return { faults: [fault(0, '', 'the file is empty')] }
  return { faults: parsed.error.issues.flatMap(unfold).map(faultAt) }
}

/** How often a file may repeat what an anchor names; more is an attempt to fill the memory. */
const mostRepeats = 20

function plainOf(document: Document): { readonly value: unknown; readonly why?: undefined } | { readonly why: string } {
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostRepeats })
    return { value }
  } catch (error) {
    const unresolved = error instanceof Error && error.message.startsWith('Unresolved alias')
    return {
      why: unresolved
        ? 'this alias (*name) has no anchor (&name) before it'
        : `aliases repeat more than ${mostRepeats} times what they stand for; write it out`,
    }
  }
}

function firstAlias(document: Document): number {
  let offset = 0
  visit(document, {
    Alias(_, alias) {
      offset = alias.range?.[0] ?? 0
      return visit.BREAK
    },
  })
  return offset
}

function notYaml(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'this word stands here twice; the second would replace the first'
  if (code === 'TAB_AS_INDENT') return 'a tab can not indent; use spaces'
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here; write one file for each'
  return `not YAML: ${(message.split('\n', 1)[0] ?? '').replace(/ at line \d+, column \d+:?$/, '')}`
}

/** A union's issues say "Invalid input"; those of the branch that came furthest say what is wrong. */
function unfold(issue: z.core.$ZodIssue): readonly Issue[] {
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.map(branch => branch.flatMap(unfold))
    const depth = (branch: readonly Issue[]): number => Math.max(0, ...branch.map(({ path }) => path.length))
    const furthest = Math.max(0, ...branches.map(depth))
    const telling = branches.filter(branch => depth(branch) === furthest)
    const lacks = (branch: readonly Issue[]): readonly string[] =>
      branch.filter(({ message }) => message.startsWith('is missing')).map(({ path }) => String(path[0]))
    const best = telling.find(branch => lacks(branch).length === 0) ?? telling[0]
    const words = new Set(telling.flatMap(lacks))
    if (best !== undefined && lacks(best).length > 0 && words.size > 1)
      return [{ path: issue.path, message: `must have one of these words: ${[...words].join(', ')}` }]
    if (furthest > 0 && best !== undefined)
      return best.map(({ path, message }) => ({ path: [...issue.path, ...path], message }))
    return [
      {
        path: issue.path,
        message: [...new Set(branches.flat().map(({ message }) => message))].join('; or ') || issue.message,
      },
    ]
  }
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({
      path: [...issue.path, key],
      message: `"${key}" is not a word of this format here`,
    }))
  if (issue.code === 'invalid_key')
    return [
      {
        path: issue.path,
        message: `"${String(issue.path.at(-1))}" is not a name for this: it must be ${issue.issues.map(({ message }) => message).join('; ')}`,
      },
    ]
  const shape = issue.code === 'invalid_format' && issue.format === 'regex'
  return [{ path: issue.path, message: shape ? `must be ${issue.message}` : issue.message }]
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
