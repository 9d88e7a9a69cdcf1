import { createHash, scrypt } from 'node:crypto'
import type { Hash } from '../model/finding.ts'

/** A text with the kind of match that it is. */
export interface Match {
  readonly text: string
  readonly type: string
}

/** The most texts that are held against a hash that is made to be slow (scrypt: some milliseconds each). */
export const slowest = 24

/**
 * Whether these are the texts that were hashed. Formulas:
 * detect-secrets: https://github.com/Yelp/detect-secrets/blob/master/detect_secrets/core/potential_secret.py
 * ggshield: https://github.com/GitGuardian/ggshield/blob/main/ggshield/core/filter.py (get_ignore_sha)
 * GitGuardian: https://github.com/GitGuardian/ggshield/blob/main/ggshield/verticals/hmsl/crypto.py
 * TruffleHog: https://github.com/trufflesecurity/trufflehog/blob/main/pkg/output/sarif.go (sarifFingerprint)
 */
export async function confirms({ by, hex, before = '' }: Hash, matches: readonly Match[]): Promise<boolean> {
  const [first] = matches
  if (first === undefined) return false
  if (by === 'ggshield') return sha('sha256', ggshieldText(matches)) === hex
  if (by === 'sha1') return baselineHashes(first.text).includes(hex)
  if (by === 'trufflehog') return sha('sha256', before + sha('sha256', first.text)) === hex
  for (const { text } of matches) if ((await hmsl(text)) === hex) return true
  return false
}

/**
 * What detect-secrets writes for a text. Up to 0.14 its keyword plugin saw lines in lower case:
 * https://github.com/Yelp/detect-secrets/blob/v0.14.3/detect_secrets/plugins/keyword.py
 */
export function baselineHashes(text: string): readonly string[] {
  const folded = text.toLowerCase()
  return folded === text ? [sha('sha1', text)] : [sha('sha1', text), sha('sha1', folded)]
}

/** Every match with its type, in the order of the types. */
function ggshieldText(matches: readonly Match[]): string {
  const sorted = matches.toSorted((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : 0))
  return sorted.map(({ text, type }) => `${text},${type}`).join('')
}

function sha(algorithm: 'sha1' | 'sha256', text: string): string {
  return createHash(algorithm).update(text).digest('hex')
}

const salt = createHash('sha256').update('GitGuardian').digest()

async function hmsl(text: string): Promise<string> {
  const key = await derive(text, salt, 32)
  return key.toString('hex')
}

function derive(text: string, salted: Buffer, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(text, salted, length, { N: 2048, r: 8, p: 1 }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    )
  })
}
