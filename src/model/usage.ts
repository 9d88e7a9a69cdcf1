/** How an event was tied to a credential: by the key's own id or documented hash, by its user's name, or by account only. */
export type Join = 'exact' | 'principal' | 'account'

/** What kind of call it was; `auth` is a sign-in or a question who one is. */
export type Verb = 'read' | 'write' | 'admin' | 'auth'

/**
 * One use of a credential, as a log has it. Maps field for field to OCSF API Activity (class 6003,
 * https://schema.ocsf.io/1.5.0/classes/api_activity).
 */
export interface UsageEvent {
  /** The provider's own id of the event; `file:line` where the log has none. */
  readonly id: string
  /** Milliseconds since 1970, UTC. */
  readonly at: number
  /** The log it comes from: `cloudtrail`, `github-audit`. */
  readonly source: string
  /** One call; a sum over many (`count`, `bytes`, `cost`); or a mark that somebody was there (a last-used address). */
  readonly kind: 'event' | 'aggregate' | 'observation'
  /**
   * `uid` is what the log calls the key: key id, hash, token id, principal or account. `parent` names the key that made
   * this one (an access key, a session), where the event is a child's.
   */
  readonly credential: { readonly uid: string; readonly match: Join; readonly parent?: string }
  readonly ip?: string
  readonly asn?: number
  /** ISO 3166-1 alpha-2, as the log says or as an offline list says. */
  readonly country?: string
  readonly userAgent?: string
  /** The provider's own word for the operation: `PutUserPolicy`, `git.clone`. */
  readonly action: string
  /** `iam`, `s3`; the host for a web server's log. */
  readonly service?: string
  readonly verb: Verb
  readonly region?: string
  readonly account?: string
  /** Who the log says it was: an ARN, a login, an e-mail address. */
  readonly actor?: string
  readonly resource?: string
  readonly outcome: 'success' | 'failure' | 'unknown'
  /** The provider's own code of a refusal: `AccessDenied`. */
  readonly error?: string
  /** The provider's id of the request, which our ledger has too. */
  readonly requestId?: string
  /** Whether a second factor was used, where the log says. */
  readonly mfa?: boolean
  /** The provider's own private way in that the call came by (CloudTrail: vpcEndpointId): private addresses are normal then. */
  readonly via?: string
  readonly bytes?: number
  readonly count?: number
  /** In `currency` of the log, else without unit. */
  readonly cost?: number
  /** What the call asked for, as the log has it (CloudTrail: requestParameters). */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** Ids of credentials that this call made: an access key, a session. */
  readonly made?: readonly string[]
  /** What the log itself found wrong with this call: `threat suspected`, `anonymising proxy`. */
  readonly alarm?: string
  /** Matches a line of our own ledger. */
  readonly ours?: true
}

/** What one source could tell, so that silence is never taken for absence. Times are ISO 8601. */
export interface Coverage {
  readonly source: string
  readonly state: 'ok' | 'empty' | 'unavailable' | 'denied' | 'rate_limited' | 'partial'
  readonly window?: { readonly from: string; readonly to: string }
  readonly covers: 'key' | 'owner' | 'account'
  /** How late events arrive, in words with its source: `up to 15 minutes`. */
  readonly lag?: string
  /** What this source does not show: `management events only: S3 reads are not seen`. */
  readonly blind?: readonly string[]
  /** Why it is not `ok`. */
  readonly why?: string
}
