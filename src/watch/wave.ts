import type { Policy } from './policy.ts'

/** Of one provider: keys that were taken back or gave no answer, and keys that answered "live" after the first of these. */
export interface Troubles {
  readonly count: number
  readonly live: number
}

/** Where nearly all keys fail, the provider fails: one that tells live keys from dead ones answers for some. */
export function isWave({ count, live }: Troubles, { wave }: Policy): boolean {
  return count >= wave && live * 10 <= count
}
