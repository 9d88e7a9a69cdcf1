import type { Parts } from './credential.ts'
import type { Match } from './match.ts'

/** What sending does to the world besides answering; see law 1. */
export type Effect = 'none' | 'last_used' | 'evicts' | 'counts' | 'session'

/** How a secret gets into a request. Templates are fixed text with `{part}` holes. */
type Auth =
  | { readonly bearer: string }
  | { readonly basic: { readonly user: string; readonly password: string } }
  | { readonly header: { readonly name: string; readonly value: string } }
  | { readonly query: Readonly<Record<string, string>> }
  | { readonly in_url: true }
  | { readonly none: true }
  | {
      readonly sigv4: {
        readonly service: string
        readonly region: string
        readonly key: string
        readonly secret: string
        readonly session?: string | undefined
      }
    }
  | {
      readonly jwt_bearer: {
        readonly issuer: string
        readonly key: string
        readonly key_id?: string | undefined
        readonly audience: string
        readonly scope: string
      }
    }
  | { readonly azure_shared_key: { readonly account: string; readonly key: string } }
  | { readonly azure_sas: string }
  | { readonly signed: { readonly id: string; readonly secret: string } }
  | { readonly database: DatabaseLogin }
  | { readonly mail: MailLogin }

/** A sign-in at a database: a connection string, or its pieces. */
export interface DatabaseLogin {
  readonly protocol: DatabaseProtocol
  readonly string?: string | undefined
  readonly user?: string | undefined
  readonly password?: string | undefined
  readonly database?: string | undefined
  /** An administrator asks who is connected, instead of who we are. */
  readonly asks?: 'connections' | undefined
  /** Whose password is held against what the server keeps, instead of asking who we are. */
  readonly compares?:
    | {
        readonly string?: string | undefined
        readonly user?: string | undefined
        readonly password?: string | undefined
      }
    | undefined
}

/** A message handed in at a mail server; without a user nobody signs in. */
interface MailLogin {
  readonly from: string
  readonly to: string
  readonly user?: string | undefined
  readonly password?: string | undefined
}

/** Databases whose sign-in the engine speaks; the name is also the scheme of their origins. */
export type DatabaseProtocol = 'postgresql' | 'mysql' | 'redis' | 'mongodb' | 'amqp'

type Body = { readonly form: Readonly<Record<string, string>> } | { readonly json: unknown } | { readonly text: string }

/** How fast a provider may be asked, and how it says no. Rates are per second. */
export interface Limit {
  readonly per_second: number
  readonly at_once: number
  /** Whom a refusal concerns: one key, or everything that we send. */
  readonly by: 'key' | 'address'
  readonly hit?: readonly Match[] | undefined
  readonly locked_out?: readonly Match[] | undefined
  readonly reset?: { readonly header: string; readonly unit: 'epoch' | 'seconds' | 'milliseconds' } | undefined
  readonly remaining?: string | undefined
  readonly should_retry?: string | undefined
  /** Requests that share this part are kept so many seconds apart. */
  readonly apart?: { readonly part: string; readonly seconds: number } | undefined
}

declare const planned: unique symbol

/**
 * A request that passed every rule in `plan/`, the only place that makes one, and the only thing the engine accepts.
 * It holds templates and parts, not text: the engine fills them in at the moment of sending.
 */
export interface SafeRequest {
  readonly [planned]: true
  readonly provider: string
  readonly credential: string
  readonly name: string
  /** LOGIN: a sign-in at a database, MAIL: a message to people, as `engine/protocols` speaks them. */
  readonly method: 'GET' | 'HEAD' | 'POST' | 'LOGIN' | 'MAIL'
  /** What it is for, in the ledger; a probe if absent. */
  readonly channel?: 'reference' | 'notice' | 'lookup' | 'usage'
  /** `https://api.stripe.com`, `postgresql://db.example.com:5432`: no path, no secret. */
  readonly origin: string
  /** Path and query with holes: `/v1/account`, `/bot{key}/getMe`. This is what the ledger keeps. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly auth: Auth
  readonly body?: Body
  /** LOGIN: the user let this host be asked without encryption. */
  readonly plain?: true
  readonly parts: Parts
  /** Values for holes that are not parts of the credential: region, partition. */
  readonly facts: Readonly<Record<string, string>>
  readonly effect: Effect
  readonly limit: Limit
  /** Milliseconds for one attempt, where the other side takes longer than the run's own time-out. */
  readonly timeout?: number
  /** The response header with the provider's own id of a request. */
  readonly requestIdHeader?: string
  /** Where a sign-in's answer holds what it hands out; taken out before anything reads the answer. */
  readonly drops?: readonly string[]
  /** The account that wrong tries would lock, as a template of public parts: `hub.docker.com {username}`. */
  readonly once?: string
}

/** An answer, reduced to what rules may look at. Header names are lower case. */
export interface Reply {
  /** Of HTTP or SMTP; 0 where the protocol has none. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** `json`, `xml`, `html`, `text` or `none`, by content type and by what the body is. */
  readonly kind: 'json' | 'xml' | 'html' | 'text' | 'none' | 'unreadable'
  /** Parsed JSON or XML; the text of a text body; why an unreadable one is so. */
  readonly body: unknown
}

/** Why there is no answer to judge. */
export interface NoReply {
  readonly reason: 'unreachable' | 'rate_limited' | 'locked_out' | 'provider_error' | 'cancelled'
  /** One sentence: what happened, and what a person can do. */
  readonly note: string
  /** ISO 8601. */
  readonly retryAt?: string
}

/** What came back, and when the last attempt left (ISO 8601). */
export type Answer = { readonly sentAt: string; readonly requestId?: string; readonly repeated?: true } & (
  | { readonly reply: Reply; readonly none?: undefined }
  | { readonly none: NoReply; readonly reply?: undefined }
)

/**
 * Sends one planned request and comes back with what happened; never throws for what a network can do.
 * `settles` says that a reply decides the matter, so that it is not asked for again.
 */
export type Send = (request: SafeRequest, settles: (reply: Reply) => boolean) => Promise<Answer>
