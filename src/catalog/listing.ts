import { z } from 'zod'
import { Name, Path, Source, Template } from './vocabulary.ts'

const size = z
  .number()
  .int()
  .positive()
  .optional()
  .describe(
    'A page with fewer entries is the last. Only where the provider documents that so many come: left out, an empty page is the last.',
  )

/** How the next piece of a list is asked for. The host and the path stay as they are, whatever an answer says. */
export const Pages = z.union([
  z.strictObject({ link: z.literal('header') }).describe('The header Link with rel="next", RFC 8288.'),
  z
    .strictObject({ url: Source })
    .describe('Where in the answer the address of the next page stands: its query is taken.'),
  z
    .strictObject({
      next: Source,
      param: z.string(),
      in: z.enum(['query', 'body']).optional(),
      while: Path.optional().describe('There is a next page only where this is true.'),
      until_empty: z.literal(true).optional().describe('An empty page is the last, though it names another.'),
      request: z
        .string()
        .regex(/^(?:GET|POST) \//)
        .optional()
        .describe('The rest is asked for by another request, of which the cursor is all.'),
    })
    .describe('Where in the answer the cursor stands, and the parameter that takes it.'),
  z
    .strictObject({
      oldest: Path,
      param: z.string(),
      form: z.enum(['ms', 'iso']),
      size,
      inclusive: z
        .literal(true)
        .optional()
        .describe('What has that very time comes again: a millisecond less is asked for.'),
    })
    .describe(
      'The newest come first, and the parameter takes a time that the rest is older than: where in the answer that of the last entry stands.',
    ),
  z
    .strictObject({
      number: z.string(),
      from: z.number().int(),
      size,
      entries: z.literal(true).optional().describe('It counts the entries that were read, not pages.'),
      in: z.enum(['query', 'body']).optional(),
    })
    .describe('The parameter counts pages from `from`.'),
])
export type Pages = z.infer<typeof Pages>

/** Which entry of a list is the leaked key. */
export const Item = z.union([
  z.strictObject({ is: z.record(Path, Template) }).describe('Its fields have these values.'),
  z
    .strictObject({ hint: Path, part: Name })
    .describe(
      'It shows the beginning and the end of the key, or one of them, around dots or stars; compared with this part. A few characters tell which key is likely meant: they inform, and decide nothing.',
    ),
  z.strictObject({ has: Template }).describe('The entry is an object, and this is one of its names.'),
  z
    .strictObject({ signs: Name })
    .describe(
      'The entry is a public key, and this part a token that it verifies: https://www.rfc-editor.org/rfc/rfc7515#section-5.2',
    ),
  z.strictObject({ ends: Path, part: Name }).describe('It shows the last characters of this part: as for `hint`.'),
  z
    .strictObject({
      starts: Path,
      part: Name,
      find: z.string().optional().describe('An RE2 pattern: what it finds in the text that stands there.'),
    })
    .describe('It shows the first characters of this part: as for `hint`.'),
])
export type Item = z.infer<typeof Item>
