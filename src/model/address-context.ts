/** What offline lists say of an address. Absent: the lists say nothing, which is not "no". */
export interface AddressContext {
  readonly asn?: number
  readonly network?: string
  readonly country?: string
  readonly tor?: true
  readonly vpn?: true
  readonly hosting?: true
  readonly cloud?: string
}

export type AddressLookup = (ip: string) => AddressContext
