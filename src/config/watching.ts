import { z } from 'zod'
import { referenceForms } from '../reference/reference.ts'
import { Wait } from './wait.ts'

/** How keys are watched. Each can be left out. */
export const watchingShape = {
  watch: z
    .strictObject({
      apart: Wait.optional().describe('A key is dead by two answers this far apart.'),
      expires_within: Wait.optional().describe('So long before a key expires it is said.'),
      rotate_every: Wait.optional().describe('The age at which a key should have been replaced.'),
      keep_key: z
        .string()
        .regex(/^(?:env|file|aws-sm|vault|conjur):.+/, `a reference: ${referenceForms}`)
        .optional()
        .describe('The key under which values are kept with --keep encrypted.'),
    })
    .optional(),
}
