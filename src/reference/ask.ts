import { fits } from '../model/match.ts'
import type { Reply, SafeRequest, Send } from '../model/request.ts'
import type { Secret } from '../model/secret.ts'
import type { Endpoint } from './endpoints.ts'
import { UnresolvedReference } from './unresolved.ts'

/** One question to a store of secrets. */
export interface Question {
  /** What is read, for the ledger and for messages: `vault:kv/ci#key`. */
  readonly reference: string
  readonly origin: string
  /** A path in front of the store's own: `/api`. */
  readonly prefix?: string
  /** Values for the holes of the endpoint's path. Slashes in `path` and `mount` stay slashes. */
  readonly holes?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly auth?: SafeRequest['auth']
  readonly body?: SafeRequest['body']
  readonly secrets?: Readonly<Record<string, Secret>>
  readonly facts?: Readonly<Record<string, string>>
  /** An outage that asking again does not end. */
  readonly final?: (reply: Reply) => boolean
}

/** Asks a store of secrets, by the run's one way out. Throws UnresolvedReference where no answer came. */
export async function ask(send: Send, endpoint: Endpoint, question: Question): Promise<Reply> {
  const answer = await send(
    seal(endpoint, question),
    reply => decides(reply, endpoint) || question.final?.(reply) === true,
  )
  const { host } = new URL(question.origin)
  if (answer.none !== undefined)
    throw new UnresolvedReference(`${question.reference} was not read: ${answer.none.note}.`)
  const { reply } = answer
  if (reply.status >= 300 && reply.status < 400)
    throw new UnresolvedReference(
      `${question.reference} was not read: ${host} points to another address, and redirects are never followed. Name the address that answers itself.`,
    )
  if (reply.kind === 'html')
    throw new UnresolvedReference(
      `${question.reference} was not read: ${host} answered ${reply.status} with a web page, so something else answers there. Check its address and the proxy.`,
    )
  return reply
}

function decides(reply: Reply, { limit }: Endpoint): boolean {
  return reply.status < 500 && reply.status !== 429 && limit.hit?.some(match => fits(match, reply)) !== true
}

function seal(endpoint: Endpoint, question: Question): SafeRequest {
  const { provider, name, method, path, effect, limit, requestIdHeader } = endpoint
  const { reference, origin, prefix = '', holes = {}, headers = {}, auth = { none: true }, body, facts = {} } = question
  const parts = Object.entries(question.secrets ?? {}).map(
    ([part, secret]) => [part, { public: false, secret }] as const,
  )
  const sealed = {
    provider,
    credential: reference,
    name,
    method,
    channel: 'reference' as const,
    origin,
    path: `${prefix}${filled(path, holes)}`,
    headers,
    auth,
    ...(body !== undefined && { body }),
    parts: Object.fromEntries(parts),
    facts,
    effect,
    limit,
    ...(requestIdHeader !== undefined && { requestIdHeader }),
  }
  if (isSafe(sealed, endpoint)) return sealed
  throw new TypeError(`${provider}: ${method} ${path} could change something`)
}

/** As for requests of the catalog: it reads, or its entry says why it changes nothing. */
function isSafe<Unsealed extends { readonly method: string }>(
  sealed: Unsealed,
  { safe }: Endpoint,
): sealed is Unsealed & SafeRequest {
  return sealed.method === 'GET' || (sealed.method === 'POST' && safe !== undefined)
}

/** Nothing of a name can end its step of the path, or stand for a hole. */
function filled(template: string, holes: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{([a-z]+)\}/g, (_, name: string) => {
    const text = holes[name] ?? ''
    return name === 'path' || name === 'mount'
      ? text.split('/').map(encodeURIComponent).join('/')
      : encodeURIComponent(text)
  })
}
