/** Fields of an identity, and facts, that name whose account a key is of. A person's name does not. */
const accountField =
  /^(?:account|organi[sz]ation|org|workspace|team|tenant|shop|portal|guild|enterprise)(?:_id|_name)?$/

/**
 * The account that a key belongs to, if it is none of those that are listed; undefined where it is one of them, or where
 * nothing names an account: what is not known is not called somebody else's.
 */
export function foreignAccount(
  own: readonly string[] | undefined,
  ...known: readonly (Readonly<Record<string, string>> | undefined)[]
): string | undefined {
  if (own === undefined) return undefined
  const values = known
    .flatMap(fields => Object.entries(fields ?? {}))
    .filter(([field, value]) => accountField.test(field) && value !== '')
    .map(([, value]) => value)
  return values.some(value => own.some(account => same(account, value))) ? undefined : values[0]
}

/** Why a key of another's account is left alone. */
export function notYours(account: string): string {
  return `its account is ${account}, which is none of yours in afterleak.yaml (scope). Tell its owner.`
}

/** Without case; and an account number that YAML read as a number has lost its zeros. */
function same(account: string, value: string): boolean {
  const digits = /^\d+$/.test(account) && /^\d+$/.test(value)
  return digits ? BigInt(account) === BigInt(value) : account.toLowerCase() === value.toLowerCase()
}
