import { isRecord } from '../../model/path.ts'
import type { Reply } from '../../model/request.ts'

/**
 * An answer without what a sign-in hands out. At each path stands afterwards: the claims, where it was a JSON Web
 * Token; else `true`, so that a rule can see that there was something. Cookies are sign-ins too.
 */
export function withoutTokens(reply: Reply, drops: readonly string[] | undefined): Reply {
  if (drops === undefined) return reply
  const { 'set-cookie': _cookie, ...headers } = reply.headers
  // The path of the whole answer is meant for text, which has no fields to leave.
  if (reply.kind === 'text') return { ...reply, headers, ...(drops.includes('') && { body: '(dropped)' }) }
  const paths = drops.filter(path => path !== '')
  return { ...reply, headers, body: paths.reduce((body, path) => without(body, path.split('.')), reply.body) }
}

function without(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value === undefined || value === null || value === '' ? value : remains(value)
  if (Array.isArray(value)) return value.map((each, index) => (String(index) === step ? without(each, rest) : each))
  if (!isRecord(value) || !Object.hasOwn(value, step)) return value
  return { ...value, [step]: without(value[step], rest) }
}

/** What a token says of itself, unsigned; nothing of its signature. */
function remains(token: unknown): unknown {
  const payload = typeof token === 'string' ? /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(token)?.[1] : undefined
  if (payload === undefined) return true
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    return isRecord(claims) ? claims : true
  } catch {
    return true
  }
}
