import type { Coverage } from '../model/usage.ts'
import type { LogFormat } from './format.ts'
import { logFormats } from './formats.ts'
import { isOf, type JoinKeys } from './join.ts'

/**
 * What of all that was read could show the use of one credential: logs of its provider, and those in which it was seen.
 * @param seen the sources of its events
 * @param own formats besides the known ones
 */
export function coverageFor(
  keys: JoinKeys,
  coverage: readonly Coverage[],
  seen: ReadonlySet<string>,
  own: readonly LogFormat[] = [],
): readonly Coverage[] {
  return coverage.flatMap(one => {
    if (seen.has(one.source)) return [one]
    const format = [...own, ...logFormats].find(({ id }) => id === one.source)
    if (format?.providers === undefined || keys.provider === null || !isOf(keys.provider, format.providers)) return []
    return isFindable(keys, format) ? [one] : [{ ...one, state: 'unavailable', why: unfindable }]
  })
}

const unfindable = 'nothing is known by which this log would name the key; --principal NAME tells its user'

/** By account alone only lines are found that name nobody, which most logs do not have. */
function isFindable({ ids, hashes, named, principals }: JoinKeys, { keyed, coverage }: LogFormat): boolean {
  if (coverage.covers === 'account' && keyed === undefined) return true
  const exact = keyed === 'hash' ? hashes : ids
  return [exact, named, principals].some(({ length }) => length > 0)
}
