import { LineCounter, parseDocument, isMap, isPair, type Document } from 'yaml'
import type { z } from 'zod'
import { linear } from './matcher.ts'
import { type CompiledProvider, Provider } from './schema.ts'

/** A fault in somebody's file, where it stands and what was expected. Lines and columns count from 1. */
export interface Fault {
  readonly file: string
  readonly line: number
  readonly column: number
  /** The place in the file's own words: `requests.account.verdict.0.reason`. */
  readonly at: string
  readonly message: string
}

export type Compiled =
  | { readonly provider: Provider; readonly faults: readonly [] }
  | { readonly provider?: undefined; readonly faults: readonly Fault[] }

/** Reads one provider's file. What is wrong with it comes back as faults, all at once. */
export function compile(file: string, text: string): Compiled {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true })
  const fault = (offset: number, at: string, message: string): Fault => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col, at, message }
  }
  if (document.errors.length > 0)
    return { faults: document.errors.map(error => fault(error.pos[0], '', (error.message.split('\n', 1)[0] ?? '').replace(/ at line \d+, column \d+:?$/, ''))) }
  const parsed = Provider.safeParse(document.toJS({ maxAliasCount: 20 }))
  if (!parsed.success)
    return { faults: parsed.error.issues.flatMap(unfold).map(({ path, message }) => fault(offsetOf(document, path), path.join('.'), message)) }
  const unsound = crossCheck(parsed.data, basename(file))
  if (unsound.length > 0) return { faults: unsound.map(({ path, message }) => fault(offsetOf(document, path), path.join('.'), message)) }
  return { provider: parsed.data, faults: [] }
}

/** What is shipped. */
export function withoutCases({ cases: _, ...rest }: Provider): CompiledProvider {
  return rest
}

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
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

function basename(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
}

/** What a schema can not say: names that must exist elsewhere in the file, patterns that must be sound. */
function crossCheck(provider: Provider, fileName: string): readonly Issue[] {
  const issues: Issue[] = []
  const says = (message: string, ...path: PropertyKey[]): void => void issues.push({ path, message })
  if (fileName !== `${provider.id}.yaml`) says(`the file must be called ${provider.id}.yaml`, 'id')
  const holesOf = (value: unknown): readonly string[] => [...JSON.stringify(value).matchAll(/\{([a-z][a-z0-9_]*)\}/g)].map(([, name]) => name ?? '')
  const brought = (hosts: unknown): readonly string[] =>
    Array.isArray(hosts) ? hosts.flatMap((host: unknown) => (typeof host === 'object' && host !== null && 'set' in host ? Object.keys(host.set ?? {}) : [])) : []

  for (const [kindId, kind] of Object.entries(provider.kinds)) {
    const known = new Set([...Object.keys(kind.parts), ...brought(kind.hosts ?? provider.hosts)])
    for (const [name, part] of Object.entries(kind.parts))
      for (const key of ['pattern', 'placeholder'] as const) {
        const pattern = part[key]
        if (pattern === undefined) continue
        try {
          linear(pattern)
        } catch (error) {
          says(`not an RE2 pattern: ${error instanceof Error ? error.message : String(error)}`, 'kinds', kindId, 'parts', name, key)
        }
        for (const [, group] of pattern.matchAll(/\(\?<([a-z][a-z0-9_]*)>/g)) known.add(group ?? '')
      }
    if (!Object.values(kind.parts).some(part => part.public === undefined)) says('a kind has at least one secret part', 'kinds', kindId, 'parts')
    for (const [index, name] of (kind.probe ?? []).entries()) {
      const request = provider.requests[name]
      if (request === undefined) {
        says(`no request is called "${name}"; there are: ${Object.keys(provider.requests).join(', ')}`, 'kinds', kindId, 'probe', index)
        continue
      }
      const used = [request.request, request.body ?? '', request.headers ?? {}, provider.headers ?? {}, request.auth ?? kind.auth ?? provider.auth]
      for (const hole of holesOf(used))
        if (!known.has(hole)) says(`{${hole}} is neither a part of kind ${kindId} nor a fact: ${[...known].join(', ')}`, 'requests', name)
      for (const [ruleIndex, rule] of request.verdict.entries())
        if (rule.then !== undefined && !(kind.probe ?? []).slice(index + 1).includes(rule.then))
          says(`"${rule.then}" does not come later in the ladder of kind ${kindId}`, 'requests', name, 'verdict', ruleIndex, 'then')
    }
  }
  const used = new Set(Object.values(provider.kinds).flatMap(kind => kind.probe ?? []))
  for (const name of Object.keys(provider.requests)) if (!used.has(name)) says('no kind has this request in its ladder', 'requests', name)
  for (const [index, { kind, of }] of provider.cases.entries()) {
    if (kind !== undefined && provider.kinds[kind] === undefined) says(`no kind is called "${kind}"`, 'cases', index, 'kind')
    if (of !== undefined && provider.usage?.[of] === undefined) says(`no usage source is called "${of}"`, 'cases', index, 'of')
  }
  if ((provider.usage === undefined) === (provider.no_usage === undefined)) says('say `usage` or, in one sentence with a link, `no_usage`', 'id')
  return issues
}
