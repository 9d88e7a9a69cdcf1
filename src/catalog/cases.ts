import { z } from 'zod'
import { Id, Name, State } from './vocabulary.ts'

const Reply = z.strictObject({
  status: z.number().int(),
  json: z.unknown().optional(),
  xml: z.string().optional(),
  html: z.string().optional(),
  text: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
})

/** A documented answer and what it must be read as. Run by one test, against the real pipeline with a simulated network. */
export const Case = z
  .strictObject({
    it: z.string().min(10).describe('A sentence: "does not take a firewall\'s 403 for Stripe\'s".'),
    kind: Id.optional().describe(
      'Which kind of key; the first that is probed if left out; the first of all where none is.',
    ),
    parts: z.record(Name, z.string()).optional().describe('Instead of the made-up examples; holes as in `example`.'),
    apart: z.literal(true).optional().describe('Each part is a finding of its own, on a line of its own.'),
    host: z.url().optional().describe('As if the user had named this host.'),
    of: Name.optional().describe(
      'A usage source or a look-up: the replies are those to its requests, and no probe is sent.',
    ),
    known: z
      .record(Name, z.string())
      .optional()
      .describe('With `of`: what is known of the key besides, as if a verdict had said it.'),
    on: z.iso
      .date()
      .optional()
      .describe(
        'With `of`: the day on which it is asked, at noon. Left out: today; logs that are read in pieces of time need one.',
      ),
    allow_effect: z.literal(true).optional().describe('As with `--allow-effect`.'),
    reply: Reply.optional().describe(
      'The answer to every request; `{part:NAME}` in it stands for that part of the made-up key, `{part:NAME:8}` and `{part:NAME:-4}` for its first or last characters.',
    ),
    replies: z
      .array(Reply)
      .optional()
      .describe('The answers, in the order in which requests are sent; all must be asked for.'),
    expect: z.strictObject({
      state: State.optional(),
      reason: z.string().optional(),
      because: z.string().optional().describe('A part of the sentence.'),
      identity: z.record(z.string(), z.string()).optional(),
      grants: z.array(z.string()).optional(),
      expires_at: z.string().optional(),
      facts: z.record(z.string(), z.string()).optional(),
      requests: z.array(z.string()).optional().describe('Method, host and path template of what was sent, in order.'),
      events: z
        .array(z.record(z.string(), z.unknown()))
        .optional()
        .describe(
          'Fields of the events of the key that the log shows, in the order of time; `match` is how each was joined.',
        ),
      coverage: z
        .strictObject({ state: z.string(), why: z.string().optional().describe('A part of the sentence.') })
        .optional()
        .describe('What the source could tell.'),
      marks: z.record(Name, z.array(z.string())).optional().describe('What a touch would overwrite.'),
    }),
  })
  .refine(c => !(c.reply !== undefined && c.replies !== undefined), { message: '`reply` or `replies`, not both' })
