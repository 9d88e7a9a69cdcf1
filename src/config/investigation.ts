import { z } from 'zod'
import { whyNotNetwork } from './network.ts'
import { Wait } from './scalars.ts'

const Network = z.string().superRefine((text, ctx) => {
  const why = whyNotNetwork(text)
  if (why !== undefined) ctx.addIssue({ code: 'custom', message: why })
})

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const Clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time of day in quotes, such as "08:00"')
const Zone = z.string().superRefine((zone, ctx) => {
  if (!isZone(zone))
    ctx.addIssue({ code: 'custom', message: `"${zone}" is not a time zone. Write it as Europe/Dublin, or UTC.` })
})

/** A number is how an account of digits is read that stands without quotes. */
const Account = z.union([z.string().min(1), z.number().int().nonnegative()]).transform(String)

/** What the owner of the keys knows and no log says. Each can be left out. */
export const investigationShape = {
  own: z
    .strictObject({
      networks: z.array(Network).min(1).optional().describe('Where your own programs and people come from.'),
      roles: z.array(z.string().min(1)).min(1).optional().describe('Roles and users of your own, as the log has them.'),
      clients: z.array(z.string().min(1)).min(1).optional().describe('Beginnings of the user agents of your programs.'),
    })
    .optional(),
  working_hours: z
    .strictObject({
      zone: Zone,
      from: Clock,
      to: Clock,
      days: z.array(z.enum(days)).min(1).default(['mon', 'tue', 'wed', 'thu', 'fri']),
    })
    .refine(({ from, to }) => from !== to, { message: 'is as late as `from`; write when the day ends', path: ['to'] })
    .optional(),
  scope: z
    .record(z.string(), z.array(Account).min(1))
    .optional()
    .describe('Provider → your own accounts there. A key of any other account is out of scope.'),
  due: z
    .strictObject({ act_now: Wait.optional(), out_of_cycle: Wait.optional(), scheduled: Wait.optional() })
    .optional(),
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
