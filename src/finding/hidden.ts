import type { Hash, Hidden, Piece } from '../model/finding.ts'
import { Secret } from '../model/secret.ts'
import type { Draft, Trace } from './format.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** Longer texts around a value say no more. */
const longestText = 4096
const most = 16

/** What a hidden value can be known by again; undefined where its place is all that there is. `mask` is what was found. */
export function hiddenIn({ left = {}, line, column }: Draft, mask: string | undefined): Hidden | undefined {
  const given = left.pieces ?? [{ mask, ...left }]
  const pieces = given.slice(0, most).map(trace => piece({ line, column, ...trace }))
  const hidden: Writable<Hidden> = { pieces }
  if (left.hash !== undefined) hidden.hash = left.hash
  if (typeof left.blob === 'string' && /^(?:[\da-f]{40}|[\da-f]{64})$/i.test(left.blob)) hidden.blob = left.blob
  if (left.removed === true) hidden.removed = true
  const known = pieces.some(each => Object.keys(each).length > 0)
  return known || Object.keys(hidden).length > 1 ? hidden : undefined
}

/** A scanner's hash, where it is one: `length` digits. */
export function hashIn(by: Hash['by'], hex: unknown, length: number, before?: string): Hash | undefined {
  const right = typeof hex === 'string' && hex.length === length && /^[\da-f]+$/i.test(hex)
  return right ? { by, hex: hex.toLowerCase(), ...(before !== undefined && { before }) } : undefined
}

function piece(trace: Trace): Piece {
  const made: Writable<Piece> = {}
  if (isText(trace.name)) made.name = trace.name
  if (isText(trace.type)) made.type = trace.type
  // Not on the keyring: a mask such as "REDACTED" is not to be taken out of what is printed.
  if (isText(trace.mask)) made.mask = new Secret(trace.mask)
  if (isText(trace.around) && trace.around !== trace.mask) made.around = new Secret(trace.around)
  for (const field of ['line', 'endLine', 'column', 'endColumn', 'length'] as const) {
    const number = whole(trace[field])
    if (number !== undefined && number > 0) made[field] = number
  }
  const unit = trace.bytes === undefined ? 'utf16' : 'bytes'
  const [start, end] = (trace.bytes ?? trace.utf16 ?? []).map(whole)
  if (start !== undefined && end !== undefined && start < end) made.span = { start, end, unit }
  return made
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longestText
}

function whole(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}
