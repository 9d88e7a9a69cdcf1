import type { Parts } from '../model/credential.ts'
import { isRecord } from '../model/path.ts'
import type { Limit, Reply, SafeRequest, Send } from '../model/request.ts'
import type { Secret } from '../model/secret.ts'
import type { Delivered } from './deliver.ts'

/** One message to a receiver that the user has named. */
export interface Message {
  /** The receiver's name in afterleak.yaml, for the ledger. */
  readonly channel: string
  readonly origin: string
  readonly path: string
  readonly auth: SafeRequest['auth']
  /** JSON, in which the text `{key}` stands for the part of that name; of a mail, all of it as a text. */
  readonly body: unknown
  readonly secrets: Readonly<Record<string, Secret>>
  /** The id of what is told. */
  readonly id: string
}

/** Receivers take about one message a second: https://docs.slack.dev/apis/web-api/rate-limits */
const gentle: Limit = { per_second: 1, at_once: 1, by: 'address' }
const mark = '"{key}"'

/** For a mail: its server may look through it before it answers. https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.2 has minutes. */
const mailTakes = 60_000

/** Sends a message by the run's one way out. A receiver's refusal of the message itself is final. */
export async function post(send: Send, message: Message): Promise<Delivered> {
  const isMail = 'mail' in message.auth
  // A mail is not handed in again at once: whatever a server said to the first, it would say to the second.
  const answer = await send(sealed(message), ({ status }) => isMail || (status < 500 && status !== 429))
  if (answer.none !== undefined) {
    const { note, retryAt } = answer.none
    return { ok: false, why: note, ...(retryAt !== undefined && { retryAt: Date.parse(retryAt) }) }
  }
  if (isMail) return handedIn(answer.reply)
  const { status, kind } = answer.reply
  if (status >= 200 && status < 300 && kind !== 'html') return { ok: true }
  const why = `answered ${status}${kind === 'html' ? ' with a web page' : ''}`
  // 408 and 429 are about the moment; other refusals are about the message, or about the key to the receiver.
  return status >= 400 && status < 500 && status !== 408 && status !== 429 && kind !== 'html'
    ? { ok: false, why, final: true }
    : { ok: false, why }
}

/** Where in a conversation a server said no: what was refused there. */
const refused: Readonly<Record<string, string>> = {
  greeting: 'does not let us in',
  'sign-in': 'refused user and password',
  sender: 'refused the sender',
  recipient: 'refused the recipient',
  message: 'refused the message',
}

/** 4xx is about the moment, and so is a greeting; 5xx is about what was said. https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1 */
function handedIn({ status, body }: Reply): Delivered {
  const { at, enhanced }: Readonly<Record<string, unknown>> = isRecord(body) ? body : {}
  if (status >= 200 && status < 300 && at === 'message') return { ok: true }
  const code = typeof enhanced === 'string' ? `${status} ${enhanced}` : String(status)
  const why = `its server ${refused[String(at)] ?? 'did not take it'}: ${code}`
  return status >= 500 && at !== 'greeting' ? { ok: false, why, final: true } : { ok: false, why }
}

/** Law 1: what is sent here tells people something; it is never a request of the catalog, and never holds a watched key. */
function sealed({ channel, origin, path, auth, body, secrets, id }: Message): SafeRequest {
  const isMail = 'mail' in auth
  // Text in front of and behind the receiver's own key: nothing else of a message is a template.
  const [before = '', ...after] = isMail ? [String(body)] : JSON.stringify(body).split(mark)
  const parts: Parts = Object.fromEntries(
    Object.entries(secrets).map(([name, secret]) => [name, { public: false, secret }] as const),
  )
  const text = after.length === 0 ? '{before}' : '{before}"{key}"{after}'
  const request = {
    provider: 'notify',
    credential: channel,
    name: 'tell',
    method: isMail ? ('MAIL' as const) : ('POST' as const),
    channel: 'notice' as const,
    origin,
    path,
    headers: { 'content-type': 'application/json' },
    auth,
    body: { text },
    parts,
    facts: { before, after: after.join(mark), id },
    effect: 'none' as const,
    limit: gentle,
    ...(isMail && { timeout: mailTakes }),
  }
  if (isNotice(request)) return request
  throw new TypeError(`${channel}: only messages are sent here`)
}

function isNotice<Unsealed extends { readonly channel: string; readonly origin: string }>(
  request: Unsealed,
): request is Unsealed & SafeRequest {
  return request.channel === 'notice' && /^(?:https|smtps?):\/\//.test(request.origin)
}
