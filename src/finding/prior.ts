import type { Prior } from '../model/finding.ts'

const live = new Set([
  'live',
  'active',
  'valid',
  'verified',
  'true',
  'yes',
  'confirmed_valid',
  'verified_active',
  'active credential',
])
const dead = new Set(['dead', 'inactive', 'invalid', 'revoked', 'expired', 'confirmed_invalid'])

/**
 * A scanner's own word for whether a key works. `false` and `no` say only that it was not verified: unknown, as is every
 * other word; absent where nothing was said.
 */
export function priorOf(word: unknown): Prior | undefined {
  if (typeof word !== 'boolean' && (typeof word !== 'string' || word === '')) return undefined
  const known = String(word).trim().toLowerCase()
  return live.has(known) ? 'live' : dead.has(known) ? 'dead' : 'unknown'
}
