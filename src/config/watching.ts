import { z } from 'zod'
import { Reference, Wait } from './scalars.ts'

/** How keys are watched. Each can be left out. */
export const watchingShape = {
  watch: z
    .strictObject({
      apart: Wait.optional().describe('A key is dead by two answers this far apart.'),
      expires_within: Wait.optional().describe('So long before a key expires it is said.'),
      rotate_every: Wait.optional().describe('So long after it was first watched a key should have been replaced.'),
      keep_key: Reference.optional().describe('The key under which values are kept with --keep encrypted.'),
    })
    .optional(),
}
