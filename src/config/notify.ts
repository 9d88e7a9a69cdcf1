import { z } from 'zod'
import type { Notify } from '../model/notify.ts'
import { Reference } from './scalars.ts'

const Https = z.url({ protocol: /^https$/, error: 'must be an address such as https://soc.example.com/afterleak' })
const Word = z.string().regex(/^[^{}\s]+$/, 'one word, without braces')
const common = {
  name: Word.optional().describe('What it is called in messages and in the ledger.'),
  at_least: z.enum(['info', 'warning', 'critical']).optional().describe('Only what is as serious as this, or more.'),
}

const Receiver = z.discriminatedUnion('to', [
  z.strictObject({ ...common, to: z.literal('slack'), url: Reference }),
  z.strictObject({ ...common, to: z.literal('teams'), url: Reference }),
  z.strictObject({ ...common, to: z.literal('pagerduty'), key: Reference, region: z.enum(['us', 'eu']).default('us') }),
  z.strictObject({ ...common, to: z.literal('webhook'), url: Https, secret: Reference.optional() }),
  z.strictObject({
    ...common,
    to: z.literal('github'),
    repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'a repository, as OWNER/NAME'),
    token: Reference,
    url: Https.default('https://api.github.com'),
    labels: z.array(Word).default(['afterleak']),
  }),
  z.strictObject({
    ...common,
    to: z.literal('jira'),
    url: Https,
    project: Word,
    type: z.string().default('Task'),
    user: Word,
    token: Reference,
  }),
])

/** Who is told of changes, and by what. */
export const notifyShape = {
  notify: z
    .array(Receiver)
    .refine(all => new Set(all.map(nameOf)).size === all.length, 'two receivers have one name; give each its own: name')
    .transform(all => all.map((given): Notify => named(given)))
    .optional(),
}

function named({ name, at_least: atLeast = 'info', ...receiver }: z.infer<typeof Receiver>): Notify {
  return { name: name ?? receiver.to, atLeast, receiver }
}

function nameOf({ name, to }: z.infer<typeof Receiver>): string {
  return name ?? to
}
