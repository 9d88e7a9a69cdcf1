import { z } from 'zod'
import { Path, Sourced, Template } from './vocabulary.ts'

/** What a documented sign-in hands out: it is used for its answer alone. */
export const Session = z
  .strictObject({
    drops: z
      .array(Path)
      .min(1)
      .describe(
        'Where the answer holds what it hands out: access_token. It is taken out before anything reads the answer: of a JWT its claims remain (access_token.sub), of anything else that it was there. An empty path is the whole of a text.',
      ),
  })
  .describe('effect: session only, and always there. Nothing that a sign-in hands out is used, kept or shown.')

/** An account that wrong tries would lock. */
export const Once = z
  .strictObject({
    account: Template.describe('Public parts that name the account. They are written to the ledger.'),
    because: Sourced,
  })
  .describe('Wrong tries lock the account: sent once for each account in 24 hours, and never repeated.')
