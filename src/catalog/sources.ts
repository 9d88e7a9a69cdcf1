import { z } from 'zod'
import { reasons } from '../model/verdict.ts'
import { Limit } from './limit.ts'
import { Item, Pages } from './listing.ts'
import {
  Auth,
  Condition,
  Id,
  Identity,
  matchShape,
  Name,
  Path,
  requestShape,
  Source,
  Sourced,
  State,
} from './vocabulary.ts'

/** Who must be asking: the leaked key or another of its account, the leaked key alone, an administrator's credential, or nobody in particular. */
const asks = z.enum(['key', 'itself', 'admin', 'nobody'])

/** What a person gives with `--admin PROVIDER=REFERENCE` so that a provider can be asked without the leaked key. */
export const Admin = z
  .strictObject({
    parts: z
      .record(
        Name,
        z.strictObject({
          what: z.string().describe('What it is, and which role or scope it needs.'),
          public: z.literal(true).optional().describe('A name, not a secret: may be written on the command line.'),
        }),
      )
      .describe(
        'The first is what `--admin PROVIDER=` gives, others are `--admin PROVIDER.NAME=`. Their holes are {admin_NAME}.',
      ),
    auth: Auth.describe('How it signs in; holes are {admin_NAME}.'),
    docs: z.url(),
  })
  .describe("An administrator's credential, for look-ups and logs `with: admin`.")
export type Admin = z.infer<typeof Admin>

const refusal = z.strictObject({
  ...matchShape,
  state: z.enum(['unavailable', 'denied', 'empty']),
  why: z.string().describe('plan: …, scope: …, ui_only: …, disabled: …'),
})

/** What has to be asked before: for an id, or for a list each of whose entries is asked about. */
const Step = z.strictObject({
  with: asks.optional().describe("Left out: as the source's own."),
  host: z.string().optional(),
  ...requestShape,
  limit: Limit.optional(),
  pages: Pages.optional(),
  list: Path.optional().describe('Where in the answer a list stands.'),
  item: Item.optional().describe('Which entry of the list is meant.'),
  each: z.literal(true).optional().describe('What comes after is asked for each entry of the list.'),
  take: z.record(Name, Source).describe('Facts for the holes of what comes after.'),
  otherwise: z
    .strictObject({ facts: z.array(z.record(Name, z.string())).min(1), why: z.string() })
    .optional()
    .describe('What to go on with where this is refused.'),
})
export type Step = z.infer<typeof Step>

const source = {
  kinds: z.array(Id).optional().describe('Kinds of key that it is for. Left out: all.'),
  when: z.record(Name, Condition).optional().describe('Facts of keys that it is for.'),
  needs: z.string().optional().describe('The plan, role or scope that the asking credential must have.'),
  host: z.string().optional().describe("Instead of the key's own hosts; {fact} may stand for one label."),
  ...requestShape,
  limit: Limit.optional().describe("Instead of the provider's."),
  before: z.array(Step).optional(),
  pages: Pages.optional(),
  at_most: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('It never tells more entries than this; one that tells as many may have left some out.'),
  refused: z.array(refusal).optional().describe('Answers that say why there is nothing to read.'),
}

const Field = z.union([Path, z.array(Path).min(1), z.strictObject({ text: z.string() })])

/** Logs that are read from files too, by the names that events give them as their source (usage/formats). */
const fileLogs = [
  'anthropic-activity',
  'auth-zero',
  'azure-activity',
  'azure-sign-in',
  'box',
  'circleci',
  'cloudflare',
  'cloudtrail',
  'connections',
  'github-audit',
  'gitlab-audit',
  'google-audit',
  'mongodb-atlas',
  'okta',
  'one-password',
  'slack-access',
  'slack-audit',
  'snowflake',
] as const

/** How a log of what a key did is read. Executed by `investigate --pull`. */
export const Usage = z
  .strictObject({
    with: asks
      .exclude(['nobody'])
      .describe(
        "key: an administrator's credential is taken instead where one is given. itself: never, as the answer is about whoever asks.",
      ),
    covers: z
      .enum(['key', 'owner', 'account'])
      .describe('Whose activity it shows: this key alone, all keys of its owner, or the whole account.'),
    join: z.string().optional().describe('How a line of the log is known to be of this key.'),
    filtered: z
      .literal(true)
      .optional()
      .describe('The request itself asks for this key or owner alone: all that comes is theirs.'),
    ...source,
    goes_back: z
      .string()
      .regex(/^\d+[dh]$/)
      .optional()
      .describe('How long the log is kept.'),
    spans: z
      .string()
      .regex(/^\d+[dh]$/)
      .optional()
      .describe('The longest time that one question may be about: a longer one is asked in pieces.'),
    lag: z.string().optional().describe('How late events come.'),
    newest_first: z
      .literal(true)
      .optional()
      .describe('It can not be asked since when: it is read until a page is older than what is wanted.'),
    reads: z
      .literal('aws-sm')
      .optional()
      .describe('Shows who read secrets of this store: asked for keys that are kept there, whoever their provider is.'),
    no_further: z.number().int().positive().optional().describe('Read no further than so many events, the newest.'),
    children: Name.optional().describe(
      'The hole that takes the id of a key: asked again for each key that this one made.',
    ),
    format: z.enum(fileLogs).optional().describe('Records are those of a log that files have too.'),
    events: Path.describe('Where in the answer the list stands.'),
    only: Item.optional().describe(
      'Which entries are of this key, where the log itself can not be asked for these alone: all others are left out.',
    ),
    within: Path.optional().describe(
      'Each entry has a list of its own: its entries are the events, with the fields of both.',
    ),
    kind: z.enum(['event', 'aggregate', 'observation']).optional(),
    event: z
      .strictObject({
        id: Field.optional(),
        at: Field,
        action: Field,
        key: Field.optional().describe('What the log calls the key itself.'),
        actor: Field.optional().describe(
          'Who used it: login, user id, address. Of several the first is shown, and each joins.',
        ),
        account: Field.optional(),
        ip: Field.optional(),
        country: Field.optional(),
        user_agent: Field.optional(),
        service: Field.optional(),
        outcome: Field.optional(),
        error: Field.optional(),
        resource: Field.optional(),
        request_id: Field.optional(),
        count: Field.optional(),
        bytes: Field.optional(),
        cost: Field.optional(),
      })
      .optional(),
    blind: z.array(z.string()).describe('What this source can not show.'),
    docs: z.url(),
  })
  .refine(({ format, event }) => (format === undefined) !== (event === undefined), {
    message: 'say `event`, the names of its fields, or `format`',
    path: ['event'],
  })
export type Usage = z.infer<typeof Usage>

/** How the state of a key is learned without using it. Executed before any probe. */
export const Lookup = z.strictObject({
  with: asks.exclude(['key', 'itself']),
  ...source,
  list: Path.optional().describe('Where in the answer the list of keys stands.'),
  item: Item.optional().describe('Which entry is the leaked key; rules and fields then speak of it alone.'),
  absent: z
    .strictObject({
      state: State.extract(['dead', 'unknown']),
      reason: z.enum(['revoked', 'rejected', 'unrecognised']),
      because: Sourced,
    })
    .optional()
    .describe('What it means that the whole list does not have it.'),
  verdict: z
    .array(
      z.strictObject({
        ...matchShape,
        state: State.exclude(['skipped']).describe('unknown: the answer informs, and decides nothing.'),
        reason: z.enum([...reasons.live, ...reasons.dead, ...reasons.unknown]),
        because: z.string().optional(),
      }),
    )
    .min(1),
  identity: Identity.optional(),
  grants: Source.optional(),
  expires: Source.optional(),
  marks: z
    .record(Name, Source)
    .optional()
    .describe('What a touch would overwrite, as it stood before: last_used_at, last_used_ips.'),
  docs: Sourced.or(z.url()),
})
export type Lookup = z.infer<typeof Lookup>
