import type { Plain } from '../support.ts'
import { key } from '../support.ts'

/** A scanner's report as a test makes it, and what is to be read from it. */
export type Report = readonly [format: string, what: string, text: string, findings: readonly Plain[]]

export const secret = key('tok_live_')
export const other = key('id_', 20, 3)
export const sha = 'c0ffee'.repeat(6).padEnd(40, '0')
export const stars = `tok${'*'.repeat(27)}`

/** As a scanner packs bytes. */
export function base(text: string): string {
  return Buffer.from(text).toString('base64')
}
