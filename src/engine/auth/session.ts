import { encodedJson } from '../../model/encoded-json.ts'
import { isRecord } from '../../model/path.ts'
import type { Reply } from '../../model/request.ts'
import { Secret } from '../../model/secret.ts'

/**
 * An answer without what a sign-in hands out. At each path stands afterwards: the claims, where it was a JSON Web
 * Token; else `true`, so that a rule can see that there was something. Cookies are sign-ins too. Should the answer
 * say the same text in another place, it is taken out there as well.
 */
export function withoutTokens(reply: Reply, drops: readonly string[] | undefined): Reply {
  if (drops === undefined) return reply
  const { 'set-cookie': cookie, ...headers } = reply.headers
  const handedOut: string[] =
    cookie === undefined ? [] : [...cookie.matchAll(/=([^;,\s]{16,})/g)].map(([, text = '']) => text)
  const drop = (token: unknown): unknown => {
    handedOut.push(...textsIn(token))
    return remains(token)
  }
  // The path of the whole answer is meant for text, which has no fields to leave.
  const left =
    reply.kind === 'text'
      ? drops.includes('')
        ? drop(reply.body) && '(dropped)'
        : reply.body
      : drops.filter(path => path !== '').reduce((body, path) => replaced(body, path.split('.'), drop), reply.body)
  const secrets = [...new Set(handedOut)].map(text => new Secret(text))
  const clean = (text: string): string => secrets.reduce((rest, secret) => secret.outOf(rest), text)
  return {
    ...reply,
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, clean(text)])),
    body: cleaned(left, clean),
  }
}

function replaced(value: unknown, [step, ...rest]: readonly string[], drop: (token: unknown) => unknown): unknown {
  if (step === undefined) return value === undefined || value === null || value === '' ? value : drop(value)
  if (Array.isArray(value))
    return value.map((each, index) => (String(index) === step ? replaced(each, rest, drop) : each))
  if (!isRecord(value) || !Object.hasOwn(value, step)) return value
  return { ...value, [step]: replaced(value[step], rest, drop) }
}

/** The token and its parts; a short one could be any word. */
function textsIn(token: unknown): readonly string[] {
  if (Array.isArray(token)) return token.flatMap(textsIn)
  if (isRecord(token)) return Object.values(token).flatMap(textsIn)
  return typeof token === 'string' ? [token, ...token.split('.')].filter(({ length }) => length >= 16) : []
}

/** What a token says of itself, unsigned; nothing of its signature. */
function remains(token: unknown): unknown {
  const payload = typeof token === 'string' ? /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(token)?.[1] : undefined
  return payload === undefined ? true : (encodedJson(payload) ?? true)
}

function cleaned(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map(each => cleaned(each, clean))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cleaned(each, clean)]))
}
