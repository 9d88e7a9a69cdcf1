import { isRecord } from '../model/path.ts'
import { UnresolvedReference } from './unresolved.ts'

/** One field of a secret that has several, as text. The names of the others stay unsaid: they may be secrets themselves. */
export function fieldOf(document: unknown, field: string, reference: string): string {
  const value = isRecord(document) && Object.hasOwn(document, field) ? document[field] : undefined
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value === 'string' && value !== '') return value
  if (value === '') throw new UnresolvedReference(`${reference} was not read: the field is empty.`)
  if (value !== undefined && value !== null)
    throw new UnresolvedReference(`${reference} was not read: the field holds no text, but a list or an object.`)
  const count = isRecord(document) ? Object.keys(document).length : 0
  throw new UnresolvedReference(
    `${reference} was not read: the secret is there, but has no such field (it has ${count}). Names are case-sensitive.`,
  )
}
