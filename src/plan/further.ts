import { isRecord } from '../model/path.ts'
import type { Facts, Next } from '../model/reading.ts'
import type { SafeRequest } from '../model/request.ts'

interface Rest {
  readonly path: string
  readonly body: SafeRequest['body'] | undefined
  readonly facts: Facts
  readonly auth: SafeRequest['auth']
}

/**
 * The rest of a list is asked for at the same host and path, whatever an answer says: values of an answer go into the
 * query or the body, as facts, so that the ledger has holes in their places.
 */
export function further({ path, body, facts, auth }: Rest, next: Next | undefined): Omit<Rest, 'auth'> {
  const whole = body !== undefined && 'json' in body ? { json: numbered(body.json, facts) } : body
  if (next === undefined) return { path, body: whole, facts }
  const [bare = '', query = ''] = path.split('?', 2)
  if ('query' in next) {
    const signs = 'query' in auth ? Object.keys(auth.query) : []
    const entries = next.query.filter(([name]) => !signs.includes(name))
    const values = Object.fromEntries(entries.map(([, value], index) => [`next_${index}`, value]))
    const asked = entries.map(([name], index) => `${encodeURIComponent(name)}={next_${index}}`).join('&')
    return { path: asked === '' ? bare : `${bare}?${asked}`, body: whole, facts: { ...facts, ...values } }
  }
  const filled = { ...facts, next: String(next.value) }
  if (next.in === 'body') return { path, body: withValue(whole, next), facts: filled }
  const others = query.split('&').filter(pair => pair !== '' && decoded(pair.split('=')[0] ?? '') !== next.param)
  const asked = [...others, `${encodeURIComponent(next.param)}={next}`].join('&')
  return { path: `${bare}?${asked}`, body: whole, facts: filled }
}

/** A text that is nothing but the hole of a time in seconds or milliseconds stands for the number. */
function numbered(json: unknown, facts: Facts): unknown {
  if (Array.isArray(json)) return json.map(each => numbered(each, facts))
  if (isRecord(json))
    return Object.fromEntries(Object.entries(json).map(([name, each]) => [name, numbered(each, facts)]))
  const name = typeof json === 'string' ? /^\{((?:since|until)_(?:s|ms))\}$/.exec(json)?.[1] : undefined
  return name === undefined ? json : Number(facts[name])
}

/** The cursor is a fact: what looks like a template in it is filled with nothing. */
function withValue(body: Rest['body'], { param, value }: Extract<Next, { readonly param: string }>): Rest['body'] {
  if (body !== undefined && 'form' in body) return { form: { ...body.form, [param]: '{next}' } }
  const json = body !== undefined && 'json' in body ? body.json : {}
  return { json: put(json, param.split('.'), typeof value === 'string' ? '{next}' : value) }
}

function put(json: unknown, [step = '', ...rest]: readonly string[], value: unknown): unknown {
  const record = isRecord(json) ? json : {}
  return { ...record, [step]: rest.length === 0 ? value : put(record[step], rest, value) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
