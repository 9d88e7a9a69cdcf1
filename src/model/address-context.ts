/** What is known of an address without asking anyone. */
export interface AddressContext {
  readonly asn?: number
  readonly network?: string
  readonly country?: string
  readonly tor?: true
  readonly vpn?: true
  readonly hosting?: true
  readonly cloud?: string
}

/** Looks an address up in lists on this machine; sends nothing. */
export type AddressLookup = (ip: string) => AddressContext
