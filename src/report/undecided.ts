import type { Case } from '../model/credential.ts'

/** Cases that one line can stand for: the first, and how many they are. */
export interface Group {
  readonly first: Case
  readonly size: number
}

/** Undecided cases of one provider that stand for the same reason in the same words, in the order of the first. */
export function groups(cases: readonly Case[]): readonly Group[] {
  const sizes = new Map<string, Group>()
  for (const one of cases) {
    const { reason, because, retryAt } = one.verdict
    const key = JSON.stringify([one.provider, reason, because, retryAt])
    const { first, size } = sizes.get(key) ?? { first: one, size: 0 }
    sizes.set(key, { first, size: size + 1 })
  }
  return [...sizes.values()]
}
