import { readdirSync, readFileSync } from 'node:fs'
import type { Asked } from './asked.ts'

/** What a provider's own document says of one request, reduced to what can be compared. */
export interface Operation {
  readonly method: string
  /** With the server's own beginning: `/api/v2/me`. */
  readonly path: string
  /** As in {@link Asked}; left out where the document has no word on keys. */
  readonly security?: readonly string[]
  /** As the document names them: `200`, `2XX`, `default`. Left out where it does not say. */
  readonly statuses?: readonly string[]
  /** Fields that a good answer always has. */
  readonly required?: readonly string[]
  /** Fields that a good answer can have, at every level that we read from; `data.**`: anything below it. */
  readonly fields?: readonly string[]
}

/** Where the operations were read: a document in a public repository or package, at one commit or version. */
export interface Document {
  readonly repository: string
  readonly commit: string
  readonly path: string
  readonly kind: 'openapi' | 'discovery' | 'service model' | 'graphql' | 'client' | 'reference'
  readonly licence: string
  readonly operations: readonly Operation[]
}

/** A disagreement that stays, with what makes it right. */
interface Explained {
  readonly request: string
  readonly differs: Difference
  readonly because: string
}

type Difference = 'request' | 'security' | 'status' | 'field'

export interface Conformance {
  readonly documents: readonly Document[]
  readonly explained?: readonly Explained[]
}

export interface Disagreement {
  readonly provider: string
  readonly request: string
  readonly differs: Difference
  readonly ours: string
  readonly theirs: string
}

const folder = 'test/conformance/documents'

/** What every provider's file is held against, by the provider's id. */
export const conformance: ReadonlyMap<string, Conformance> = new Map(
  readdirSync(folder).map(name => [
    name.replace('.json', ''),
    JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Conformance,
  ]),
)

/** Where a request and its provider's documents say different things. */
export function disagreements(asked: Asked, documents: readonly Document[]): readonly Disagreement[] {
  const differs = (what: Difference, ours: string, theirs: readonly string[]): Disagreement => ({
    provider: asked.provider,
    request: asked.request,
    differs: what,
    ours,
    theirs: theirs.join(', '),
  })
  const all = documents.flatMap(({ operations }) => operations)
  const found = operationFor(asked.request, all)
  if (found === undefined) return [differs('request', asked.request, [])]
  const { security, statuses, fields } = found
  return [
    ...asked.security
      .filter(ours => security !== undefined && !security.some(theirs => sameScheme(ours, theirs)))
      .map(ours => differs('security', ours, security ?? [])),
    ...asked.statuses
      .filter(ours => statuses !== undefined && !statuses.some(theirs => sameStatus(ours, theirs)))
      .map(ours => differs('status', String(ours), statuses ?? [])),
    ...asked.fields
      .filter(ours => fields !== undefined && !fields.some(theirs => sameField(ours, theirs)))
      .map(ours => differs('field', ours, [])),
  ]
}

/** The operation that a request is: of the same method and path, whatever the holes are called; a word before a hole. */
export function operationFor(request: string, all: readonly Operation[]): Operation | undefined {
  const [method, path = ''] = request.split(' ')
  const fitting = all.filter(one => one.method === method && samePath(path, one.path))
  return fitting.toSorted((a, b) => holes(a.path) - holes(b.path))[0]
}

function samePath(ours: string, theirs: string): boolean {
  const [mine, other] = [ours.split('/'), theirs.split('/')]
  return mine.length === other.length && mine.every((part, at) => samePart(part, other[at] ?? ''))
}

/** `{account_sid}.json` is `{Sid}.json`, and `self` is a `{id}`; but a hole of ours is never a word of theirs. */
function samePart(ours: string, theirs: string): boolean {
  const pattern = theirs.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]*\}/g, '.+')
  const blank = (text: string): string => text.replace(/\{[^}]*\}/g, '{}')
  return blank(ours) === blank(theirs) || (!ours.includes('{') && new RegExp(`^${pattern}$`).test(ours))
}

function holes(path: string): number {
  return path.split('{').length
}

/** A document that only says "a key in the header Authorization" leaves the word before it to its prose. */
function sameScheme(ours: string, theirs: string): boolean {
  const parts = (text: string): readonly string[] => text.split(' + ').toSorted()
  const plain = (part: string): string => (part === 'bearer' ? 'header authorization' : part)
  return parts(ours).map(plain).toSorted().join() === parts(theirs).map(plain).toSorted().join()
}

function sameStatus(ours: number, theirs: string): boolean {
  return theirs === 'default' || theirs.replaceAll(/x/gi, '0') === String(ours) || theirs === `${String(ours)[0]}XX`
}

function sameField(ours: string, theirs: string): boolean {
  return ours === theirs || (theirs.endsWith('**') && ours.startsWith(theirs.slice(0, -2)))
}
