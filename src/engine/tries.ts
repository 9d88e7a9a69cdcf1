/** How long an account is left alone after a try, in milliseconds: longer than any lock-out counts. */
export const leaveFor = 24 * 3_600_000

/** Accounts that wrong tries would lock: each is tried once in a day, by this run or another of this machine. */
export class Tries {
  readonly #earlier: () => Promise<ReadonlyMap<string, string>>
  readonly #own = new Map<string, string>()

  /** @param earlier what other runs tried: account → when, ISO 8601. */
  constructor(earlier: () => Promise<ReadonlyMap<string, string>> = async () => new Map()) {
    this.#earlier = earlier
  }

  /** When the account was tried last, within a day; undefined, and it counts as tried now. */
  async take(account: string, now: number): Promise<string | undefined> {
    const earlier = await this.#earlier()
    const last = this.#own.get(account) ?? earlier.get(account)
    if (last !== undefined && Date.parse(last) > now - leaveFor) return last
    this.#own.set(account, new Date(now).toISOString())
    return undefined
  }
}
