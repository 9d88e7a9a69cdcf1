import { z } from 'zod'
import { Identity, Match, Path, requestShape, Source, Sourced, State } from './vocabulary.ts'

/** Who must be asking: the leaked key itself, an administrator's credential, or nobody in particular. */
const asks = z.enum(['key', 'admin', 'nobody'])

/** How a log of what a key did is read. Executed by `investigate`. */
export const Usage = z.strictObject({
  with: asks,
  needs: z.string().optional().describe('The plan, role or scope that the asking credential must have.'),
  covers: z
    .enum(['key', 'owner', 'account'])
    .describe('Whose activity it shows: this key alone, all keys of its owner, or the whole account.'),
  join: z.string().optional().describe('How a line of the log is known to be of this key.'),
  host: z.string().optional(),
  ...requestShape,
  goes_back: z
    .string()
    .regex(/^\d+[dh]$/)
    .optional(),
  lag: z.string().optional(),
  pages: z.strictObject({ next: Source, param: z.string(), while: Path.optional() }).optional(),
  events: Path.describe('Where in the answer the list stands.'),
  event: z.strictObject({
    id: Path.optional(),
    at: Path,
    action: Path,
    actor: Path.optional(),
    ip: Path.optional(),
    user_agent: Path.optional(),
    outcome: Path.optional(),
    resource: Path.optional(),
    request_id: Path.optional(),
  }),
  blind: z.array(z.string()).describe('What this source can not show.'),
  docs: z.url(),
})
export type Usage = z.infer<typeof Usage>

/** How the state of a key is learned without using it. Executed before any probe. */
export const Lookup = z.strictObject({
  with: asks.exclude(['key']),
  needs: z.string().optional(),
  host: z.string().optional(),
  ...requestShape,
  verdict: z.array(z.strictObject({ ...Match.shape, state: State.exclude(['skipped']), reason: z.string() })).min(1),
  identity: Identity.optional(),
  docs: Sourced.or(z.url()),
})
