import { z } from 'zod'
import { reasons } from '../model/verdict.ts'
import { Case } from './cases.ts'
import { Hosts, SelfHosted } from './hosts.ts'
import { impactWords } from './impact.ts'
import { Limit } from './limit.ts'
import { Scanners } from './scanners.ts'
import { Once, Session } from './sign-in.ts'
import { Admin, Lookup, Usage } from './sources.ts'
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
  Template,
} from './vocabulary.ts'

const Rule = z
  .strictObject({
    ...matchShape,
    state: State.exclude(['skipped']).optional(),
    reason: z.enum([...reasons.live, ...reasons.dead, ...reasons.unknown]).optional(),
    because: z.string().optional().describe('The sentence that a person reads, if the reason alone does not say it.'),
    then: Name.optional().describe('Go on to this later request: to decide, or, beside a state, to learn more.'),
    final: z
      .literal(true)
      .optional()
      .describe('This host knows the key, so its word decides, and no other host is asked.'),
    of: z
      .array(Name)
      .min(1)
      .optional()
      .describe(
        'The parts that this verdict speaks of, whatever the others are. Left out: of all of them together, so that it may just mean that they do not belong together.',
      ),
    status_only: Sourced.optional().describe(
      'The provider documents nothing but a status here: says so, with a link; `type` or `header` names the next best sign.',
    ),
  })
  .superRefine((rule, ctx) => {
    const says = (message: string, path: string): void => ctx.addIssue({ code: 'custom', message, path: [path] })
    if (rule.state === undefined && rule.then === undefined) says('a rule needs a state, or `then` to go on', 'state')
    if (rule.state === undefined && rule.reason !== undefined) says('a reason needs a state', 'reason')
    if (rule.state !== undefined) {
      const allowed: readonly string[] = reasons[rule.state]
      if (rule.reason === undefined || !allowed.includes(rule.reason))
        says(`for ${rule.state} one of: ${allowed.join(', ')}`, 'reason')
    }
    const named = rule.where ?? rule.xml ?? rule.text ?? (rule.status_only === undefined ? rule.header : undefined)
    if (
      (rule.state === 'live' || rule.state === 'dead') &&
      named === undefined &&
      (rule.status_only === undefined || (rule.type ?? rule.header) === undefined)
    )
      says(
        'live and dead need evidence that only the provider would send (where, xml, text, header), or `status_only` with the next best sign',
        'state',
      )
  })

const Request = z
  .strictObject({
    ...requestShape,
    verdict: z
      .array(Rule)
      .min(1)
      .describe('Ordered: the first rule that fits decides; none fits, and the verdict is unknown.'),
    identity: Identity.optional(),
    grants: Source.optional().describe('What the key may do: an array, or a header with `split`.'),
    connections: Path.optional().describe('Databases: where who else is connected as the same user stands.'),
    expires: Source.optional().describe('A date, or seconds or milliseconds since 1970.'),
    session: Session.optional(),
    once: Once.optional(),
    evidence: z
      .array(Source)
      .optional()
      .describe('Fields that the report shows. Never what can hold a customer or a secret.'),
    request_id: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .optional()
      .describe("The response header with the provider's id of the request."),
  })
  .superRefine((request, ctx) => {
    const post = request.request.startsWith('POST')
    const login = request.request.startsWith('LOGIN')
    if ((post || login) && request.safe === undefined)
      ctx.addIssue({
        code: 'custom',
        message: `a ${login ? 'LOGIN' : 'POST'} must say why it is safe, with a link`,
        path: ['safe'],
      })
    if ((!post && request.body !== undefined) || (!post && !login && request.safe !== undefined))
      ctx.addIssue({ code: 'custom', message: '`safe` and `body` are for POST', path: ['request'] })
    if (login && (request.once === undefined || request.effect !== 'session' || request.session !== undefined))
      ctx.addIssue({ code: 'custom', message: 'a LOGIN goes with effect: session and with `once`', path: ['request'] })
    if (!login && (request.effect === 'session') !== (request.session !== undefined))
      ctx.addIssue({
        code: 'custom',
        message: '`session` goes with effect: session, and it with `session`',
        path: ['session'],
      })
    if (request.auth !== undefined && 'jwt_bearer' in request.auth && !(post && request.effect === 'session'))
      ctx.addIssue({ code: 'custom', message: '`jwt_bearer` is for a POST with effect: session', path: ['auth'] })
    if (request.carries !== undefined && request.effect !== 'evicts')
      ctx.addIssue({ code: 'custom', message: '`carries` goes with effect: evicts', path: ['carries'] })
  })

const Pattern = z
  .string()
  .min(1)
  .describe('RE2: no look-around, no back-references. Named groups become facts. Must match the whole value.')

const Part = z.strictObject({
  pattern: Pattern,
  example: z
    .string()
    .describe(
      'A made-up value with holes such as {alnum:24}, {hex:32}, {base32:16}, {digit:12}: no key-like text in the repository.',
    ),
  public: z.literal(true).optional().describe('Not a secret by itself (a key id): may be shown whole.'),
  id: z
    .literal(true)
    .optional()
    .describe('Names this one key: no other has it, as others may have the same account or host.'),
  shared: z
    .literal(true)
    .optional()
    .describe('Other keys have it too (their application, their tenant): a whole one that was found near lends it.'),
  optional: z.literal(true).optional(),
  named: z
    .literal(true)
    .optional()
    .describe('Has no form of its own (a user name): taken only where a scanner, a file or the user names it.'),
  unmistakable: z.literal(true).optional().describe('The form alone tells the provider, whatever rule found it.'),
  also: z.array(z.string()).optional().describe('Other names of this part: in scanners, in .env files, in JSON.'),
  checksum: z
    .enum(['crc32-base62', 'private-key'])
    .optional()
    .describe('Proves by itself that a value is made up or cut off.'),
  lookalike: Pattern.optional().describe('Values of this form that are known to be of another provider.'),
  tells: z
    .enum(['aws-account', 'jwt', 'azure-sas', 'sentry-organization'])
    .optional()
    .describe('Facts that can be computed from the value.'),
  placeholder: Pattern.optional().describe("Values that the provider's own documentation uses."),
})

/** A YAML list in brackets ends a sentence at its first comma: the rest would stand there as another one. */
const Sentence = z.string().regex(/^[^a-z]/, 'a sentence; in a list in brackets, one with a comma goes in quotes')

const Runbook = z.strictObject({
  where: z.url().describe('The page where a person does it.'),
  steps: z.array(Sentence).min(1),
  way_back: z.string().describe('What can be undone, and how.'),
  docs: z.url(),
})

const Kind = z
  .strictObject({
    name: z.string().optional().describe('How a person calls it: "restricted key".'),
    parts: z.record(Name, Part),
    near: z
      .number()
      .int()
      .positive()
      .optional()
      .describe('How many lines apart parts from several findings may stand to belong together. 10 if left out.'),
    may_try: Sourced.optional().describe(
      'Why several candidates for a part may be tried in turn: a wrong one locks nothing out. Left out: none is tried unless it is clearly the nearest.',
    ),
    scanners: Scanners.optional(),
    probe: z.array(Name).optional().describe('The ladder: names of requests, in order.'),
    skipped: z.strictObject({ reason: z.enum(['not_a_secret', 'no_check']), because: Sourced }).optional(),
    hosts: Hosts.optional(),
    auth: Auth.optional(),
    impact: z
      .array(z.union([z.enum(impactWords), Sentence]))
      .optional()
      .describe(
        "What keys of this kind can do: words in place of the provider's, which hold if there are none; and sentences that say more.",
      ),
    revoke: Runbook.optional(),
  })
  .refine(kind => (kind.probe === undefined) !== (kind.skipped === undefined), {
    message: 'say `probe`, or `skipped` with its reason',
  })

/** One provider, as its file says it. */
export const Provider = z.strictObject({
  id: Id,
  name: z.string(),
  checked: z.iso.date().describe("The day a person last compared this file with the provider's documentation."),
  docs: z.array(z.url()).min(1),
  kinds: z.record(Id, Kind),
  scanners: Scanners.optional(),
  canary: z
    .array(z.strictObject({ when: z.record(Name, Condition), because: Sourced }))
    .optional()
    .describe('Decoys: touching one alarms its owner, so it is never sent.'),
  confused_with: z
    .array(z.string())
    .optional()
    .describe("Words in a rule's name that mean another provider whose keys have the same form."),
  hosts: Hosts,
  self_hosted: SelfHosted.optional(),
  auth: Auth,
  headers: z.record(z.string().regex(/^[a-z0-9-]+$/), Template).optional(),
  limit: Limit,
  requests: z.record(Name, Request),
  admin: Admin.optional(),
  lookup: z.record(Name, Lookup).optional(),
  usage: z.record(Name, Usage).optional(),
  no_usage: Sourced.optional(),
  dashboard: z
    .array(Sourced)
    .min(1)
    .optional()
    .describe('What only a person can see of its use, on a page of the provider, with the link to it.'),
  impact: z.array(z.enum(impactWords)).min(1),
  rotate: Runbook.optional(),
  revoke: Runbook,
  cases: z.array(Case).min(5),
})
export type Provider = z.infer<typeof Provider>
export type Kind = z.infer<typeof Kind>
export type Part = z.infer<typeof Part>
export type Request = z.infer<typeof Request>
export type Rule = z.infer<typeof Rule>

/** What is shipped: everything but the cases. */
export type CompiledProvider = Omit<Provider, 'cases'>
