import type { Parts } from './credential.ts'
import type { SafeRequest } from './request.ts'
import type { Coverage } from './usage.ts'

/** An administrator's credential for one provider: its parts are called `admin_…`, so that no template mixes them up with the key's. */
export interface Admin {
  readonly provider: string
  readonly parts: Parts
}

/** Values for holes that are not secret. */
export type Facts = Readonly<Record<string, string>>

/** Where a list goes on: other values for the query, or one more for the query or the body. */
export type Next =
  | { readonly query: readonly (readonly [name: string, value: string])[] }
  | {
      readonly param: string
      readonly value: string | number
      readonly in: 'query' | 'body'
      /** `POST /continue`: another request, of which this is all. */
      readonly request?: string
    }

/** Why a source was not read, or not to its end. */
export interface Stop {
  readonly state: Exclude<Coverage['state'], 'ok'>
  readonly why: string
}

/** The request of a step with these facts, further on in its list; or why there can be none. */
export type Made =
  | { readonly request: SafeRequest; readonly stop?: undefined }
  | { readonly stop: Stop; readonly request?: undefined }

/** What was known of a key without using it, from one source, before anything touched it. */
export interface Looked {
  /** `gitlab token_by_id`. */
  readonly source: string
  readonly state: Coverage['state']
  /** ISO 8601. */
  readonly at: string
  /** Marks that a touch would move: `last_used_at`, `last_used_ips`. */
  readonly marks?: Readonly<Record<string, readonly string[]>>
  /** What the provider says of the key. */
  readonly identity?: Readonly<Record<string, string>>
  /** Why it says nothing. */
  readonly why?: string
}
