import { at } from '../model/path.ts'
import type { Answer, SafeRequest, Send } from '../model/request.ts'

/** Answers are kept up to this many characters of JSON; what comes beyond them is asked for again. */
const mostKept = 16 * 1024 * 1024

/**
 * Asks each list once a run, however many keys are looked for in it; and a credential that was refused asks no more, as
 * wrong tries may lock it. Answers that did not come are not kept.
 */
export function remembering(send: Send): Send {
  const kept = new Map<string, Promise<Answer>>()
  const refused = new Map<string, Answer>()
  let room = mostKept
  return async (request, settles) => {
    const asker = askerOf(request)
    const before = asker === undefined ? undefined : refused.get(asker)
    if (before !== undefined) return before
    const list = listOf(request)
    const known = list === undefined ? undefined : kept.get(list)
    if (known !== undefined) return known
    const asking = send(request, settles)
    if (list !== undefined) kept.set(list, asking)
    const answer = await asking
    if (asker !== undefined && isRefusal(answer)) refused.set(asker, answer)
    room -= list === undefined ? 0 : sizeOf(answer)
    if (list !== undefined && (room < 0 || !isWorthKeeping(answer))) kept.delete(list)
    return answer
  }
}

/** What is the same for every key: a GET, and no secret of the leaked key in it. Its text names the request. */
export function listOf({ method, provider, origin, path, headers, auth, parts, facts }: SafeRequest): string | undefined {
  if (method !== 'GET') return undefined
  const text = JSON.stringify([provider, origin, path, headers, auth])
  const values: Record<string, string> = {}
  for (const [, name = ''] of text.matchAll(/\{([a-z][a-z0-9_]*)\}/g)) {
    const part = parts[name]
    if (part !== undefined && !part.public && !name.startsWith('admin_')) return undefined
    values[name] = part?.public ? part.text : (facts[name] ?? '')
  }
  return `${text} ${JSON.stringify(values)}`
}

/** The credential that signs in, where there is one. */
function askerOf({ provider, origin, auth }: SafeRequest): string | undefined {
  return 'none' in auth ? undefined : JSON.stringify([provider, origin, auth])
}

/** 401, or what a database says of a password that it does not take. */
function isRefusal({ reply }: Answer): boolean {
  if (reply === undefined) return false
  return reply.status === 401 || (reply.status === 0 && at(reply.body, 'signed_in') !== true)
}

function isWorthKeeping({ reply }: Answer): boolean {
  return reply !== undefined && reply.status < 500 && reply.status !== 429
}

function sizeOf({ reply }: Answer): number {
  return reply === undefined ? 0 : JSON.stringify(reply.body ?? '').length
}
