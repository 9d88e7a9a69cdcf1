import { z } from 'zod'

/** The words that every part of a provider's file is made of. Closed: an unknown key is an error. */

export const Id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower case words joined by "-"')
export const Name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'lower case words joined by "_"')
const link = /https:\/\/\S+\.\S+/

/** A sentence that ends in the address of the page where it was read. */
export const Sourced = z.string().regex(link, 'a reason with a https:// link to the page that says so')

/** Fixed text with `{part}` holes: no expressions, no filters. Each hole is encoded for the place it stands in. */
export const Template = z
  .string()
  .regex(/^([^{}]|\{[a-z][a-z0-9_]*\})*$/, 'fixed text with {part} holes')
  .describe('Fixed text; {part} inserts a part of the credential, encoded for where it stands.')

/** `error.code`, `data.0.id`, `data.-1.id`, `data.auth.token/`. An empty path is the document itself. */
export const Path = z
  .string()
  .regex(/^$|^[\w@$:/-]+(\.[\w@$:/-]+)*$/, 'names joined by dots, e.g. error.code or data.0.id')

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** Texts are compared without case; a number may come as a text. */
export const Condition = z.union([
  z.enum(['present', 'absent']).describe('present: there and not empty. absent: not there.'),
  Scalar.describe('Equal to this.'),
  z.array(Scalar).min(1).describe('Equal to one of these.'),
  z
    .strictObject({ contains: z.union([z.string().min(3), z.array(z.string().min(3)).min(1)]) })
    .describe('A text that contains this, or one of these.'),
  z
    .strictObject({ starts: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]) })
    .describe('A text that starts with this, or one of these.'),
  z.strictObject({ is: Scalar }).describe('Equal to this, for the words present and absent.'),
])
export type Condition = z.infer<typeof Condition>

const Status = z.number().int().min(100).max(599)
const HeaderName = z.string().regex(/^[a-z0-9-]+$/, 'a header name in lower case')

/** What an answer must look like. All that is given must hold. */
export const matchShape = {
  status: z.union([Status, z.array(Status).min(1)]).optional(),
  type: z.enum(['json', 'xml', 'html', 'text', 'none']).optional().describe('What the body is.'),
  header: z.record(HeaderName, Condition).optional(),
  where: z.record(Path, Condition).optional().describe('Paths into a JSON body.'),
  exact: z
    .literal(true)
    .optional()
    .describe('The JSON object has no fields beside those that `where` names: for answers of few, plain words.'),
  xml: z.record(Path, Condition).optional().describe('Paths into an XML body, from below its root element.'),
  text: Condition.optional().describe('The whole body, where it is plain text.'),
}
export const Match = z.strictObject(matchShape)
export type Match = z.infer<typeof Match>

/** Where in an answer a value stands. */
export const Source = z.union([
  Path.describe('A path into the JSON body.'),
  z.strictObject({ json: Path, find: z.string().optional().describe('An RE2 pattern: the first match is the value.') }),
  z.strictObject({ xml: Path, find: z.string().optional() }),
  z.strictObject({
    header: HeaderName,
    split: z.string().optional().describe('Separates several values.'),
    find: z.string().optional(),
  }),
  z.strictObject({ fact: Name }),
])
export type Source = z.infer<typeof Source>

const DatabaseLogin = z
  .strictObject({
    protocol: z.enum(['postgresql', 'mysql', 'redis', 'mongodb', 'amqp']),
    string: Template.optional().describe(
      'A connection string (postgres://…, jdbc:mysql://…) that holds user and password.',
    ),
    user: Template.optional(),
    password: Template.optional(),
    database: Template.optional(),
    asks: z
      .literal('connections')
      .optional()
      .describe('For logs: an administrator asks who is connected, from where, and what they asked last.'),
    compares: z
      .strictObject({ string: Template.optional(), user: Template.optional(), password: Template.optional() })
      .optional()
      .describe(
        'For look-ups: a connection string, or for keys without one user and password. What the server keeps of this user is read and held against this password, here; neither is shown to anybody.',
      ),
  })
  .refine(({ string, password }) => (string === undefined) !== (password === undefined), {
    message: '`string`, or `password` with what belongs to it',
  })

export const Auth = z.union([
  z.strictObject({ bearer: Template }).describe('Authorization: Bearer …'),
  z
    .strictObject({ basic: z.strictObject({ user: Template, password: Template }) })
    .describe('Authorization: Basic base64(user:password)'),
  z.strictObject({ header: z.strictObject({ name: z.string().regex(/^[A-Za-z0-9-]+$/), value: Template }) }),
  z.strictObject({ query: z.record(z.string(), Template) }),
  z.strictObject({ in_url: z.literal(true) }).describe('The request path itself carries the secret.'),
  z.strictObject({ none: z.literal(true) }),
  z
    .strictObject({
      sigv4: z.strictObject({
        service: Template,
        region: Template,
        key: Template,
        secret: Template,
        session: Template.optional(),
      }),
    })
    .describe('AWS Signature Version 4: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html'),
  z
    .strictObject({
      jwt_bearer: z.strictObject({
        issuer: Template,
        key: Template.describe('An RSA private key in PEM; its line breaks may be written as \\n.'),
        key_id: Template.optional(),
        audience: z.url(),
        scope: z.string().min(1),
      }),
    })
    .describe(
      'POST with effect: session only: a statement that lives for a minute, signed RS256, goes into the form as `assertion`. https://www.rfc-editor.org/rfc/rfc7523#section-2.1',
    ),
  z
    .strictObject({ azure_shared_key: z.strictObject({ account: Template, key: Template }) })
    .describe(
      'Signs a GET or HEAD for Azure Storage; `headers` has x-ms-version. https://learn.microsoft.com/en-us/rest/api/storageservices/authorize-with-shared-key',
    ),
  z
    .strictObject({ azure_sas: Template })
    .describe(
      'Appends the fields of a shared access signature, and nothing else that stands beside them. https://learn.microsoft.com/en-us/rest/api/storageservices/create-account-sas',
    ),
  z
    .strictObject({ database: DatabaseLogin })
    .describe('LOGIN only: signs in at a database over a socket of our own, encrypted wherever the server can.'),
])

const Effect = z
  .enum(['none', 'last_used', 'evicts', 'counts', 'session'])
  .describe(
    'What sending changes at the provider: nothing; a last-used mark; evidence pushed out; a quota or a limited use; a sign-in whose token stays in memory.',
  )

const state = z.enum(['live', 'dead', 'unknown', 'skipped'])
export const State = state

/** What a request is, apart from how its answer is read. */
export const requestShape = {
  request: z
    .string()
    .regex(
      /^(?:(GET|HEAD|POST) \/(?!\/)([^\s{}]|\{[a-z][a-z0-9_]*\})*|LOGIN \/)$/,
      'GET, HEAD or POST and a path, e.g. "GET /v1/account"; or "LOGIN /" for a database',
    )
    .describe('Method and path. {part} inserts a part, percent-encoded.'),
  safe: Sourced.optional().describe('POST and LOGIN only: why it changes nothing, with a link.'),
  body: z
    .union([
      z.strictObject({ form: z.record(z.string(), Template) }),
      z.strictObject({ json: z.unknown() }),
      z.strictObject({ text: Template }),
    ])
    .optional(),
  headers: z.record(HeaderName, Template).optional(),
  auth: Auth.optional().describe("Instead of the provider's or the kind's."),
  effect: Effect,
  effect_docs: Sourced.optional().describe('Where the effect is documented.'),
  carries: Path.optional().describe('evicts: the path in the same answer that holds the evidence.'),
}

/** Several sources: the first that is there. */
export const Identity = z.record(Name, z.union([Source, z.array(Source).min(2)]))
