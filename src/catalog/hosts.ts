import { z } from 'zod'
import { Condition, Name, Sourced, Template } from './vocabulary.ts'

const HostName = z
  .string()
  .regex(/^(\{[a-z][a-z0-9_]*\}\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a host name; a tenant only as {part}.example.com')
const Host = z.union([
  HostName,
  z.strictObject({
    host: HostName,
    when: z
      .record(Name, Condition)
      .optional()
      .describe('Facts for which this host is the one. Hosts without `when` serve the rest.'),
    set: z.record(Name, z.string()).optional().describe('Facts that this host brings: region, partition.'),
  }),
])
/** Where a provider is asked, and nowhere else. */
export const Hosts = z
  .union([z.literal('needed'), z.array(Host).min(1)])
  .describe('The only hosts that the credential is ever sent to. needed: the user names it.')
export type Hosts = z.infer<typeof Hosts>

/** What is known of installations that others run. */
export const SelfHosted = z
  .strictObject({
    path: Template.optional().describe('Goes before every path on a host that the user names.'),
    bare: z
      .array(HostName)
      .min(1)
      .optional()
      .describe('Below these, the API is at api.HOST, and nothing goes before the path.'),
    sites: z
      .array(HostName)
      .min(1)
      .optional()
      .describe("For those that keep code: where the provider itself does. A key found there is the provider's own."),
    refusal: Sourced.optional().describe(
      'Why "I do not know this key" says nothing of it where nothing says that it is for these hosts: keys of other installations look alike, and those that were revoked or ran out are refused in other words.',
    ),
  })
  .describe('Others run it too, and their keys look alike.')
