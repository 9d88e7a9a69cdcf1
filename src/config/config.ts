import { z } from 'zod'
import { type Fault, readYaml } from '../catalog/read-yaml.ts'
import { media } from '../model/finding.ts'
import { milliseconds } from './duration.ts'
import { investigationShape } from './investigation.ts'
import { whyNotPlace } from './network.ts'
import { notifyShape } from './notify.ts'
import { Reference } from './scalars.ts'
import { servicesShape } from './services.ts'
import { watchingShape } from './watching.ts'

const Duration = z
  .string()
  .regex(/^\d+(?:\.\d+)?(?:ms|s|m|h)$/, 'a time such as 500ms, 10s or 2m')
  .transform(text => milliseconds(text) ?? 0)
const Url = z.url({ protocol: /^https?$/, error: 'must be an address such as https://git.example.com' })
const Place = z.string().superRefine((text, ctx) => {
  const why = whyNotPlace(text)
  if (why !== undefined) ctx.addIssue({ code: 'custom', message: why })
})

const Glob = z
  .string()
  .min(1)
  .max(500)
  .refine(text => (text.match(/\*\*?/g)?.length ?? 0) <= 10, 'a pattern with no more than ten stars')
const Since = z
  .string()
  .refine(
    text => /^\d{4}-\d\d-\d\d/.test(text) && Number.isFinite(Date.parse(text)),
    'a date such as 2026-01-31 or 2026-01-31T18:00:00Z',
  )
  .transform(text => new Date(text).toISOString().replace('.000Z', 'Z'))

/** Who could read some places, and since when; the first that fits wins over what a scanner says. */
const ExposureRule = z.strictObject({
  match: z
    .strictObject({
      url: Glob.optional(),
      file: Glob.optional(),
      repository: Glob.optional(),
      tool: Glob.optional(),
    })
    .refine(match => Object.keys(match).length > 0, 'say which places: url, file, repository or tool'),
  is: z.enum(['public', 'internal']),
  medium: z.enum(media).optional(),
  since: Since.optional(),
})

/** afterleak.yaml. Everything in it can be left out; options of the command line win over it. */
const Config = z.strictObject({
  timeout: Duration.optional(),
  attempts: z.number().int().min(1).max(10).optional(),
  patience: Duration.optional(),
  hosts: z.record(z.string(), Url).optional(),
  allow_private: z.array(Place).optional(),
  user_agent: z
    .string()
    .max(200)
    .regex(/^[\x20-\x7e]*$/, 'plain text, as it goes into a header')
    .optional(),
  fingerprint_key: Reference.optional(),
  ca: z.string().optional(),
  validators: z.string().optional(),
  only: z.array(z.string()).min(1).optional(),
  skip: z.array(z.string()).min(1).optional(),
  exposure: z.array(ExposureRule).optional(),
  limits: z
    .record(
      z.string(),
      z.strictObject({ per_second: z.number().positive().optional(), at_once: z.number().int().positive().optional() }),
    )
    .optional(),
  admin: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])).optional(),
  ...investigationShape,
  ...watchingShape,
  ...servicesShape,
  ...notifyShape,
})
export type Config = z.infer<typeof Config>

/** Reads a configuration file; what is wrong comes back with line and column. */
export function readConfig(
  file: string,
  text: string,
): { readonly config: Config; readonly faults?: undefined } | { readonly faults: readonly Fault[] } {
  const read = readYaml(file, text, Config)
  if (read.faults === undefined) return { config: read.value }
  return { faults: read.faults.map(fault => ({ ...fault, at: inBrackets(fault.at) })) }
}

/** `own.networks.2` as people write it: `own.networks[2]`. */
function inBrackets(path: string): string {
  return path.replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]')
}
