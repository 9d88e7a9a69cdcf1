import type { Request, Rule } from '../catalog/schema.ts'
import type { Source } from '../catalog/vocabulary.ts'
import { fits } from '../model/match.ts'
import { at } from '../model/path.ts'
import type { Answer, NoReply, Reply, SafeRequest } from '../model/request.ts'
import type { Evidence, Judged, Reason, State, Verdict } from '../model/verdict.ts'
import { date, type Readable, values } from './read.ts'

/** How answers are read: by a probe's rules, or a look-up's. */
type Judging = Pick<Request, 'verdict'> & Partial<Request>

/** The first rule that fits decides; no rule fits, and we do not know. */
export function judge(request: SafeRequest, read: Judging, answer: Answer): Judged {
  const evidence: Evidence = {
    request: `${request.method} ${request.origin}${request.path}`,
    at: answer.sentAt,
    ...(answer.reply !== undefined && answer.reply.status > 0 && { status: answer.reply.status }),
    ...(answer.requestId !== undefined && { requestId: answer.requestId }),
    ...(answer.repeated && { repeated: true }),
  }
  if (answer.none !== undefined) return { verdict: unanswered(answer.none, { ...evidence, note: answer.none.note }) }

  const { reply } = answer
  const rule = read.verdict.find(candidate => applies(candidate, reply))
  if (rule === undefined) return { verdict: unruled(reply, evidence) }
  const from: Readable = { reply, facts: request.facts, parts: request.parts }
  const fields: Record<string, string> = {}
  for (const source of read.evidence ?? []) take(fields, nameOf(source), source, from)
  const shown: Evidence = Object.keys(fields).length > 0 ? { ...evidence, fields } : evidence
  const onwards = {
    ...(rule.then !== undefined && { then: rule.then }),
    ...(rule.final && { final: rule.final }),
    ...(rule.of !== undefined && { of: rule.of }),
  }
  if (rule.state === undefined)
    return { ...onwards, open: true, verdict: decided(request, 'unknown', 'unrecognised', undefined, shown) }
  return { ...onwards, verdict: { ...ruled(request, rule, shown), ...(rule.state === 'live' && known(read, from)) } }
}

/** Whether a rule of the file claims this reply, so that asking again would tell nothing new. */
export function settles({ verdict: rules }: Request): (reply: Reply) => boolean {
  return reply =>
    rules.some(rule => rule.reason !== 'rate_limited' && rule.reason !== 'provider_error' && applies(rule, reply))
}

/** A server at fault, or one that is asked too often, judges no key, unless the rule names that very status. */
function applies(rule: Rule, reply: Reply): boolean {
  if (!fits(rule, reply)) return false
  const atFault = reply.status === 429 || reply.status >= 500
  return !atFault || rule.status !== undefined || (rule.state !== 'live' && rule.state !== 'dead')
}

function ruled(
  request: SafeRequest,
  { state = 'unknown', reason = 'unrecognised', because }: Rule,
  evidence: Evidence,
): Verdict {
  return decided(request, state, reason, because, evidence)
}

const sentences: Readonly<Partial<Record<Reason, string>>> = {
  works: 'It works.',
  limited: 'It works, but may not make this call.',
  ip_restricted: 'It works, but not from this address.',
  sso_required: 'It works once its owner signs in through the organisation.',
  locked: 'It is right, but its account is blocked for now.',
  rejected: 'The provider does not accept it: wrong, revoked or deleted.',
  revoked: 'The provider says that it was revoked.',
  expired: 'The provider says that it has expired.',
  disabled: 'The provider says that it, or its account, is disabled.',
}

function decided(
  { origin }: SafeRequest,
  state: State,
  reason: Reason,
  because: string | undefined,
  evidence: Evidence,
): Verdict {
  const sentence = because ?? sentences[reason] ?? `${new URL(origin).host} gave an answer that decides nothing.`
  return { state, reason, because: sentence, checkedAt: evidence.at, evidence: [evidence] }
}

function unanswered({ reason, note, retryAt }: NoReply, evidence: Evidence): Verdict {
  const because = `${/^[a-z]+ /.test(note) ? `${note.charAt(0).toUpperCase()}${note.slice(1)}` : note}${note.endsWith('.') ? '' : '.'}`
  return {
    state: 'unknown',
    reason,
    because,
    checkedAt: evidence.at,
    evidence: [evidence],
    ...(retryAt !== undefined && { retryAt }),
  }
}

const bodies: Readonly<Record<Reply['kind'], string>> = {
  json: 'JSON that its documentation does not describe',
  xml: 'XML that its documentation does not describe',
  html: 'a web page, as a firewall, a proxy or a sign-in portal would',
  text: 'text that its documentation does not describe',
  none: 'an empty body',
  unreadable: 'a body that could not be read',
}

function unruled({ status, kind, body, headers }: Reply, evidence: Evidence): Verdict {
  const reason: Reason = status === 429 ? 'rate_limited' : status >= 500 ? 'provider_error' : 'unrecognised'
  const what = kind === 'unreadable' && typeof body === 'string' ? `a body that is ${body}` : bodies[kind]
  const moved =
    status >= 300 && status < 400 && headers['location'] !== undefined ? ' (a redirect, which is not followed)' : ''
  const note = status === 0 ? what : `${status} with ${what}${moved}`
  return {
    state: 'unknown',
    reason,
    because: `The answer decides nothing: ${note}.`,
    checkedAt: evidence.at,
    evidence: [{ ...evidence, note }],
  }
}

function known({ identity, grants, expires, connections }: Omit<Judging, 'verdict'>, from: Readable): Partial<Verdict> {
  const who: Record<string, string> = {}
  for (const [name, sources] of Object.entries(identity ?? {}))
    for (const source of Array.isArray(sources) ? sources : [sources]) if (take(who, name, source, from)) break
  const may = grants === undefined ? [] : values(grants, from)
  const until = expires === undefined ? undefined : date(values(expires, from)[0])
  return {
    ...(Object.keys(who).length > 0 && { identity: who }),
    ...(may.length > 0 && { grants: may }),
    ...(until !== undefined && { expiresAt: until }),
    ...(connections !== undefined && connectionsIn(connections, from)),
  }
}

const connectionFields = ['user', 'ip', 'client', 'since', 'at', 'action', 'database'] as const

/** As the engine made them of the server's own lists, each field by itself, without the key. */
function connectionsIn(path: string, from: Readable): Pick<Verdict, 'connections'> {
  const found = at(from.reply.body, path)
  if (!Array.isArray(found)) return {}
  const connections = found.map((_, index) => {
    const fields: Record<string, string> = {}
    for (const name of connectionFields) take(fields, name, `${path}.${index}.${name}`, from)
    return fields
  })
  return { connections }
}

/** The most values of a list that are kept. */
const mostValues = 10

/** Fills a field with what a source says; whether it said anything. */
function take(fields: Record<string, string>, name: string, source: Source, from: Readable): boolean {
  const found = values(source, from)
  if (found[0] === undefined || found[0] === '') return false
  fields[name] = found.slice(0, mostValues).join(', ')
  return true
}

function nameOf(source: Source): string {
  if (typeof source === 'string') return source
  if ('json' in source) return source.json
  if ('xml' in source) return source.xml
  return 'header' in source ? source.header : source.fact
}
