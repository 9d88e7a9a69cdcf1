import { z } from 'zod'
import { Match, Name, Sourced } from './vocabulary.ts'

/** How fast a provider may be asked, and how it says that it was asked too often. */
export const Limit = z.strictObject({
  per_second: z.number().positive(),
  at_once: z.number().int().positive(),
  by: z.enum(['key', 'address']).describe('Whom a refusal concerns: this key alone, or everything that we send.'),
  docs: Sourced,
  ours: z.literal(true).optional().describe('No number is published for this: it is a modest default.'),
  hit: z.array(Match).optional().describe('Refusals for going too fast, besides 429.'),
  locked_out: z.array(Match).optional().describe('The provider refuses to judge any key for now.'),
  reset: z.strictObject({ header: z.string(), unit: z.enum(['epoch', 'seconds', 'milliseconds']) }).optional(),
  remaining: z.string().optional(),
  should_retry: z.string().optional().describe('The header by which the provider itself says whether to try again.'),
  apart: z
    .strictObject({ part: Name, seconds: z.number().positive(), docs: Sourced })
    .optional()
    .describe(
      'Requests that share this part are kept so far apart, and a refusal of all parts together is heard twice.',
    ),
})
