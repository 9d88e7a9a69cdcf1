import type { Pages } from '../catalog/listing.ts'
import type { Source } from '../catalog/vocabulary.ts'
import { fits, type Match } from '../model/match.ts'
import { at, isRecord } from '../model/path.ts'
import type { Made, Next, Stop } from '../model/reading.ts'
import type { Answer, Reply, SafeRequest, Send } from '../model/request.ts'
import { valueIn } from './value-in.ts'

/** One good answer of a list. */
export interface Page {
  readonly request: SafeRequest
  readonly reply: Reply
  /** ISO 8601. */
  readonly sentAt: string
}

interface Listed {
  readonly pages?: Pages | undefined
  readonly refused?: readonly (Match & { readonly state: Stop['state']; readonly why: string })[] | undefined
  readonly needs?: string | undefined
  readonly at_most?: number | undefined
  /** Where the answer of a log has its list. */
  readonly events?: string | undefined
  /** Answers that say something, whatever their status. */
  readonly accepts?: readonly Match[] | undefined
}

/** More pages than this are read of no list: whoever serves one without an end is not followed. */
const mostPages = 5_000

/**
 * Every page of a list, in order; comes back with why it ended early, if it did. A next page on another host or path is
 * not asked for, nor one that was asked for before.
 */
export async function* pagesOf(
  make: (next?: Next) => Made,
  spec: Listed,
  entries: (reply: Reply) => number,
  send: Send,
): AsyncGenerator<Page, Stop | undefined> {
  const seen = new Set<string>()
  let next: Next | undefined
  let read = 0
  for (let count = 0; count < mostPages; count++) {
    const made = make(next)
    if (made.stop !== undefined) return made.stop
    const { request } = made
    const answer = await send(request, reply => reply.status < 500 && reply.status !== 429)
    const stop = stopOf(answer, spec)
    if (stop !== undefined || answer.reply === undefined) return stop
    const { reply, sentAt } = answer
    yield { request, reply, sentAt }
    const found = entries(reply)
    read += found
    if (read >= (spec.at_most ?? Number.POSITIVE_INFINITY))
      return { state: 'partial', why: `it tells no more than ${spec.at_most} entries at a time` }
    const onwards = nextOf(spec.pages, { request, reply, count, read, found })
    if (onwards === undefined || 'why' in onwards) return onwards
    const key = JSON.stringify(onwards)
    if (seen.has(key)) return { state: 'partial', why: 'it names a page as the next that was read before' }
    seen.add(key)
    next = onwards
  }
  return { state: 'partial', why: `read no further than ${mostPages} pages` }
}

/** Why an answer is none, in the words of the file or by what its status means everywhere. */
function stopOf(answer: Answer, { refused = [], needs, accepts = [], events }: Listed): Stop | undefined {
  if (answer.none !== undefined) {
    const { reason, note } = answer.none
    return { state: reason === 'rate_limited' || reason === 'locked_out' ? 'rate_limited' : 'unavailable', why: note }
  }
  const { reply } = answer
  if (accepts.some(match => fits(match, reply))) return undefined
  const known = refused.find(match => fits(match, reply))
  if (known !== undefined) return { state: known.state, why: known.why }
  if (reply.status === 0)
    return events !== undefined && Array.isArray(at(reply.body, events))
      ? undefined
      : { state: 'unavailable', why: `the database did not say it${needed(needs)}` }
  if (reply.status >= 200 && reply.status < 300)
    return reply.kind === 'json' || reply.kind === 'xml' || reply.kind === 'none'
      ? undefined
      : { state: 'unavailable', why: unreadable(reply) }
  if (reply.status === 401) return { state: 'denied', why: `the credential was refused (401)${needed(needs)}` }
  if (reply.status === 402) return { state: 'unavailable', why: `plan: not in this plan (402)${needed(needs)}` }
  if (reply.status === 403) return { state: 'denied', why: `scope: not permitted (403)${needed(needs)}` }
  if (reply.status === 404) {
    const what = events === undefined ? 'it is not known there' : 'plan: there is no such log for this credential'
    return { state: 'unavailable', why: `${what} (404)${needed(needs)}` }
  }
  return { state: 'unavailable', why: `the provider answered ${reply.status}` }
}

function needed(needs: string | undefined): string {
  return needs === undefined ? '' : `; it takes ${needs}`
}

function unreadable({ kind, body }: Reply): string {
  if (kind === 'html') return 'a web page answered in its place'
  return kind === 'unreadable'
    ? `an answer could not be read: ${String(body)}`
    : `an answer in ${kind} was not expected`
}

interface Here {
  readonly request: SafeRequest
  readonly reply: Reply
  /** How many pages were read before this one. */
  readonly count: number
  /** How many entries were read, its own among them. */
  readonly read: number
  /** How many entries it has. */
  readonly found: number
}

function nextOf(pages: Pages | undefined, here: Here): Next | Stop | undefined {
  if (pages === undefined) return undefined
  const { request, reply, count, read, found } = here
  if ('link' in pages) return addressed(linkIn(reply.headers['link']), request)
  if ('url' in pages) return isNoText(pages.url, reply) ? unreadableNext : addressed(valueIn(pages.url, reply), request)
  if ('oldest' in pages) {
    const time = timeAt(reply.body, pages.oldest)
    if (found < (pages.size ?? 1)) return undefined
    if (time === undefined) return unreadableNext
    const until = pages.inclusive ? time - 1 : time
    return { param: pages.param, value: pages.form === 'ms' ? until : new Date(until).toISOString(), in: 'query' }
  }
  if ('number' in pages) {
    if (found < (pages.size ?? 1)) return undefined
    return { param: pages.number, value: pages.from + (pages.entries ? read : count + 1), in: pages.in ?? 'query' }
  }
  if (pages.while !== undefined && at(reply.body, pages.while) !== true) return undefined
  if (pages.until_empty && found === 0) return undefined
  if (isNoText(pages.next, reply)) return unreadableNext
  const cursor = valueIn(pages.next, reply)
  return cursor === undefined || cursor === ''
    ? undefined
    : {
        param: pages.param,
        value: cursor,
        in: pages.in ?? 'query',
        ...(pages.request !== undefined && { request: pages.request }),
      }
}

const unreadableNext: Stop = { state: 'partial', why: 'it names its next page in a way that is not understood' }

/** A next page is named, but not by a text or a number. */
function isNoText(source: Source, { body }: Reply): boolean {
  return typeof source === 'string' && typeof at(body, source) === 'object' && at(body, source) !== null
}

/** A time in milliseconds, as a number or in ISO 8601. */
function timeAt(body: unknown, path: string): number | undefined {
  const found = at(body, path)
  const time = typeof found === 'string' ? Date.parse(found) : found
  return typeof time === 'number' && Number.isFinite(time) && Math.abs(time) < 8.64e15 ? time : undefined
}

/** The address of RFC 8288's rel="next". */
function linkIn(header = ''): string | undefined {
  for (const [, address, more = ''] of header.matchAll(/<([^>]*)>([^<]*)/g))
    if (/;\s*rel="?(?:[^"]*\s)?next(?:\s[^"]*)?"?/i.test(more)) return address
  return undefined
}

/** The query of the address, if it is of the same host and path as what was just asked. */
function addressed(address: string | undefined, { origin, path }: SafeRequest): Next | Stop | undefined {
  if (address === undefined || address === '') return undefined
  const elsewhere: Stop = { state: 'partial', why: 'it names another address for its next page, which is not followed' }
  if (!URL.canParse(address, origin)) return elsewhere
  const url = new URL(address, origin)
  if (url.origin !== new URL(origin).origin || !isSamePath(path, url.pathname)) return elsewhere
  return { query: [...url.searchParams] }
}

/** A hole stands for one step of a path. */
function isSamePath(template: string, path: string): boolean {
  const wanted = (template.split('?', 1)[0] ?? '').split('/')
  const given = path.split('/')
  return (
    wanted.length === given.length &&
    wanted.every((step, index) => step.includes('{') || sameWord(step, given[index] ?? ''))
  )
}

/** Some write their own addresses with other capitals: https://learn.microsoft.com/en-us/graph/api/signin-list (`signins`). */
function sameWord(one: string, other: string): boolean {
  return decoded(one).toLowerCase() === decoded(other).toLowerCase()
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The entries of a list: one that has a single entry may stand there bare, as in XML. */
export function entriesOf(body: unknown, path: string): readonly unknown[] {
  const found = at(body, path)
  if (Array.isArray(found)) return found
  return isRecord(found) ? [found] : []
}
