import { z } from 'zod'

/** Whose names a file can list, and which other tools share them. */
export const Scanners = z
  .partialRecord(
    z.enum([
      'trufflehog',
      'gitleaks',
      'kingfisher',
      'github',
      'gitguardian',
      'gitlab',
      'detect-secrets',
      'secretlint',
      'semgrep',
      'credsweeper',
      'env',
    ]),
    z.array(z.string()).min(1),
  )
  .describe(
    "The scanners' names for this. betterleaks shares those of gitleaks; Nosey Parker and Titus those of kingfisher. env: names of variables that are this provider's alone (PGPASSWORD).",
  )
