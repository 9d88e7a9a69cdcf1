import { z } from 'zod'
import { referenceForms } from '../reference/reference.ts'

/** Where a secret is read, in place of the secret. */
export const Reference = z.string().regex(/^(?:env|file|aws-sm|vault|conjur):.+/, `a reference: ${referenceForms}`)

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** How long something may wait, in milliseconds. */
export const Wait = z
  .string()
  .regex(/^[1-9]\d{0,3}[mhd]$/, 'a time such as 30m, 24h or 14d')
  .transform(text => Number(text.slice(0, -1)) * (units[text.slice(-1)] ?? 0))
