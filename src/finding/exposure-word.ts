import type { Exposure } from '../model/finding.ts'

const visible = new Set(['public', 'publicly_exposed', 'publicly_leaked', 'repository_visibility_public', 'open'])
const hidden = new Set([
  'private',
  'internal',
  'shared',
  'repository_visibility_private',
  'repository_visibility_internal',
])

/** A scanner's or a forge's word for who can read a place; undefined for any other, as `unknown` is. */
export function exposureOf(word: unknown): Exposure | undefined {
  if (typeof word !== 'string') return undefined
  const plain = word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
  return visible.has(plain) ? 'public' : hidden.has(plain) ? 'internal' : undefined
}
