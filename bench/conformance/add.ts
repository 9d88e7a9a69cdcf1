import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Asked } from '../../test/conformance/asked.ts'
import type { Conformance, Document } from '../../test/conformance/document.ts'
import { reduce } from '../../test/conformance/reduce.ts'

/** Where a document came from; `base` is the server's path where the document does not say it. */
export interface Origin extends Pick<Document, 'repository' | 'commit' | 'path' | 'licence'> {
  readonly base?: string | undefined
}

/** Reduces an OpenAPI document to what a provider's file asks, and keeps it beside those that are there; how many it knew. */
export function add(provider: string, file: string, from: Origin, asked: readonly Asked[]): number {
  const { repository, commit, path, licence, base } = from
  const operations = reduce(parse(readFileSync(file, 'utf8'), { maxAliasCount: -1, uniqueKeys: false }), asked, base)
  const kept = `test/conformance/documents/${provider}.json`
  const before: Conformance = existsSync(kept)
    ? (JSON.parse(readFileSync(kept, 'utf8')) as Conformance)
    : { documents: [] }
  const others = before.documents.filter(one => one.repository !== repository || one.path !== path)
  const document: Document = { repository, commit, path, kind: 'openapi', licence, operations }
  const after: Conformance = { ...before, documents: [...others, document] }
  writeFileSync(kept, `${JSON.stringify(after, null, 2)}\n`)
  return operations.length
}
