import { at } from '../model/path.ts'
import type { Answer, SafeRequest, Send } from '../model/request.ts'

/** Answers are kept up to this many characters of JSON; what comes beyond them is asked for again. */
const mostKept = 16 * 1024 * 1024

/**
 * Asks each question once a run: a list however many keys are looked for in it, and what is asked about one key however
 * many look-ups begin with it. A credential that was refused asks no more, as wrong tries may lock it. Answers that did
 * not come are not kept.
 */
export function remembering(send: Send): Send {
  const kept = new Map<string, Promise<Answer>>()
  const refused = new Map<string, Answer>()
  let room = mostKept
  return async (request, settles) => {
    const asker = askerOf(request)
    const before = asker === undefined ? undefined : refused.get(asker)
    if (before !== undefined) return before
    const question = questionOf(request)
    const known = kept.get(question)
    if (known !== undefined) return known
    const asking = send(request, settles)
    kept.set(question, asking)
    const answer = await asking
    if (asker !== undefined && isRefusal(answer)) refused.set(asker, answer)
    room -= sizeOf(answer)
    if (room < 0 || !isWorthKeeping(answer)) kept.delete(question)
    return answer
  }
}

/** The text of a request, with the key's id in place of what is secret of it. */
function questionOf({
  method,
  provider,
  credential,
  origin,
  path,
  headers,
  auth,
  body,
  parts,
  facts,
}: SafeRequest): string {
  const text = JSON.stringify([provider, method, origin, path, headers, auth, body])
  const values: Record<string, string> = {}
  for (const [, name = ''] of text.matchAll(/\{([a-z][a-z0-9_]*)\}/g)) {
    const part = parts[name]
    const secret = name.startsWith('admin_') ? '' : credential
    values[name] = part === undefined ? (facts[name] ?? '') : part.public ? part.text : secret
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
