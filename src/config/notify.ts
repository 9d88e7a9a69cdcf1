import { z } from 'zod'
import type { Notify } from '../model/notify.ts'
import { Reference } from './scalars.ts'

const Https = z.url({ protocol: /^https$/, error: 'must be an address such as https://soc.example.com/afterleak' })
const Word = z.string().regex(/^[^{}\s]+$/, 'one word, without braces')
/** As RFC 5321 writes one without quotes. */
const Mailbox = z
  .string()
  .max(254)
  .regex(/^[\w.!#$%&'*+/=?^`|~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i, 'an address such as oncall@example.com')
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
  z
    .strictObject({
      ...common,
      to: z.literal('email'),
      server: z.string().regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i, 'the name of a mail server, such as smtp.example.com'),
      encryption: z.enum(['starttls', 'tls']).default('starttls'),
      port: z.number().int().min(1).max(65_535).optional(),
      address: Mailbox.describe("One person's, or that of a list."),
      from: Mailbox,
      user: Word.optional(),
      password: Reference.optional(),
    })
    .refine(({ user, password }) => (user === undefined) === (password === undefined), {
      message: 'user and password go together; a server that wants neither takes both away',
      path: ['password'],
    })
    // https://www.rfc-editor.org/rfc/rfc8314#section-3.3
    .transform(given => ({ ...given, port: given.port ?? (given.encryption === 'tls' ? 465 : 587) })),
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
