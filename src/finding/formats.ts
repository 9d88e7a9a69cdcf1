import type { Format } from './format.ts'
import { betterleaks } from './formats/betterleaks.ts'
import { csv } from './formats/csv.ts'
import { env } from './formats/env.ts'
import { gitleaks } from './formats/gitleaks.ts'
import { gitleaksOffender } from './formats/gitleaks-offender.ts'
import { lines } from './formats/lines.ts'
import { named } from './formats/named.ts'
import { sarif } from './formats/sarif.ts'
import { trufflehog } from './formats/trufflehog.ts'

/** Every format, the most telling first: the first that knows a text reads it. */
export const formats: readonly Format[] = [
  sarif,
  trufflehog,
  betterleaks,
  gitleaks,
  gitleaksOffender,
  named,
  csv,
  env,
  lines,
]

/** What `--from` accepts. */
export const formatIds: readonly string[] = [...new Set(formats.map(({ id }) => id))].toSorted()
