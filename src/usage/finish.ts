import { isIP } from 'node:net'
import { isRecord } from '../model/path.ts'
import type { UsageEvent } from '../model/usage.ts'
import { textOf } from './field.ts'
import type { Draft } from './format.ts'
import type { Joined } from './join.ts'
import { moment } from './moment.ts'
import { verbOf } from './verb.ts'

/** One line of a log, sound, before it is known whose key it was. */
export interface LogEvent extends Omit<UsageEvent, 'credential' | 'ours'> {
  readonly keys: readonly string[]
  readonly principals: readonly string[]
  /** What was called, as our ledger would write it: `GET /user`. */
  readonly call?: string
  readonly mark?: string
  /** Secrets whose value it read. */
  readonly secrets?: readonly string[]
  /** Whose it is, where the question that it answers was for theirs alone. */
  readonly whose?: readonly Joined[]
  /** Its place among the records of its file, from 1. */
  readonly nth: number
}

/** Where a line stands: names events that have no id of their own. */
export interface Standing {
  readonly source: string
  readonly file: string
  readonly line: number
  readonly nth: number
}

/** No field of any log is longer; what is, was put there to fill memory. */
const longest = 2048

/** A draft as an event; undefined where it has no time or no operation. */
export function finish(draft: Draft, { source, file, line, nth }: Standing): LogEvent | undefined {
  const at = moment(draft.at)
  const action = text(draft.action)
  if (at === undefined || action === undefined) return undefined
  const event: Mutable = {
    id: text(draft.id) ?? `${file}:${line}`,
    at,
    source,
    kind: draft.kind ?? 'event',
    action,
    verb: draft.verb ?? verbOf(action),
    outcome: draft.outcome ?? 'unknown',
    keys: texts(draft.keys),
    principals: texts(draft.principals),
    nth,
  }
  const ip = address(draft.ip)
  if (ip !== undefined) event.ip = ip
  const asn = number(draft.asn)
  if (asn !== undefined) event.asn = asn
  const country = text(draft.country)
  if (country !== undefined && /^[A-Za-z]{2}$/.test(country)) event.country = country.toUpperCase()
  const userAgent = text(draft.userAgent)
  if (userAgent !== undefined) event.userAgent = userAgent
  const service = text(draft.service)
  if (service !== undefined) event.service = service
  const region = text(draft.region)
  if (region !== undefined) event.region = region
  const account = text(draft.account)
  if (account !== undefined) event.account = account
  const actor = text(draft.actor)
  if (actor !== undefined) event.actor = actor
  const resource = text(draft.resource)
  if (resource !== undefined) event.resource = resource
  const error = text(draft.error)
  if (error !== undefined) event.error = error
  const requestId = text(draft.requestId)
  if (requestId !== undefined) event.requestId = requestId
  if (draft.mfa !== undefined) event.mfa = draft.mfa
  const via = text(draft.via)
  if (via !== undefined) event.via = via
  const alarm = text(draft.alarm)
  if (alarm !== undefined) event.alarm = alarm
  const call = text(draft.call)
  if (call !== undefined) event.call = call
  if (draft.mark !== undefined) event.mark = draft.mark
  if (draft.secrets !== undefined) event.secrets = draft.secrets
  const bytes = number(draft.bytes)
  if (bytes !== undefined) event.bytes = bytes
  const count = number(draft.count)
  if (count !== undefined) event.count = count
  const cost = number(draft.cost)
  if (cost !== undefined) event.cost = cost
  if (isRecord(draft.parameters)) event.parameters = draft.parameters
  const made = texts(draft.made)
  if (made.length > 0) event.made = made
  return event
}

type Mutable = { -readonly [Key in keyof LogEvent]: LogEvent[Key] }

function text(value: unknown): string | undefined {
  const found = textOf(value)
  return found === undefined || found.length <= longest ? found : `${found.slice(0, longest)}…`
}

function texts(values: readonly unknown[] | undefined): readonly string[] {
  const found: string[] = []
  for (const value of values ?? []) {
    const word = text(value)
    if (word !== undefined) found.push(word)
  }
  return found
}

function number(value: unknown): number | undefined {
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof found === 'number' && Number.isFinite(found) && found >= 0 ? found : undefined
}

const known = new Map<string, string>()

/** An address without port, brackets and zone; undefined where a service's name or a mask stands instead. The last few thousand are remembered. */
function address(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 64) return undefined
  const seen = known.get(value)
  if (seen !== undefined) return seen === '' ? undefined : seen
  if (known.size > 4096) known.clear()
  const bare = value.trim()
  const inner = /^\[(.+)\](?::\d+)?$/.exec(bare)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(bare)?.[1] ?? bare
  const plain = inner
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .replace(/\/(?:32|128)$/, '')
  const found = spelled(plain)
  known.set(value, found)
  return found === '' ? undefined : found
}

/** As RFC 5952 writes it: one address has many spellings, and each would be an address of its own. Empty where it is none. */
function spelled(plain: string): string {
  if (isIP(plain) !== 6) return isIP(plain) === 0 ? '' : plain
  return new URL(`http://[${plain}]`).hostname.slice(1, -1)
}
