import type { Transition } from './watch.ts'

/** How a receiver is spoken to; secrets are references. */
export type Receiver =
  | { readonly to: 'slack'; readonly url: string }
  | { readonly to: 'teams'; readonly url: string }
  | { readonly to: 'pagerduty'; readonly key: string; readonly region: 'us' | 'eu' }
  | { readonly to: 'webhook'; readonly url: string; readonly secret?: string | undefined }
  | {
      readonly to: 'github'
      readonly repository: string
      readonly token: string
      readonly url: string
      readonly labels: readonly string[]
    }
  | {
      readonly to: 'jira'
      readonly url: string
      readonly project: string
      readonly type: string
      readonly user: string
      readonly token: string
    }
  | {
      readonly to: 'email'
      readonly server: string
      /** `tls` from the first byte, or STARTTLS before anything is said; never without. */
      readonly encryption: 'starttls' | 'tls'
      readonly port: number
      readonly address: string
      readonly from: string
      readonly user?: string | undefined
      readonly password?: string | undefined
    }

/** A receiver as afterleak.yaml names it. */
export interface Notify {
  readonly name: string
  readonly atLeast: Transition['severity']
  readonly receiver: Receiver
}
