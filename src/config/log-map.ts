import { z } from 'zod'
import { type Fault, readYaml } from '../catalog/read-yaml.ts'

/** A path (`user.name`), several of which the first that holds something counts, or a text that always stands. */
const Field = z.union([z.string().min(1), z.array(z.string().min(1)).min(1), z.strictObject({ text: z.string() })])
export type MappedField = z.infer<typeof Field>

/** How one log's own fields are called. Paths lead into JSON objects; tables have headings, syslog has `time`, `host`, `app`, `message`, its elements, and `name=value` in its text. */
const LogMap = z.strictObject({
  source: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, 'a short name in lower case, such as my-gateway'),
  provider: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'the id of a provider, such as stripe')
    .optional(),
  match: z
    .record(
      z.string(),
      z.union([z.string(), z.array(z.string())]).transform(value => [value].flat()),
    )
    .optional(),
  fields: z.strictObject({
    time: Field,
    id: Field.optional(),
    key: Field.optional(),
    principal: Field.optional(),
    account: Field.optional(),
    ip: Field.optional(),
    country: Field.optional(),
    user_agent: Field.optional(),
    action: Field.optional(),
    service: Field.optional(),
    region: Field.optional(),
    resource: Field.optional(),
    outcome: Field.optional(),
    error: Field.optional(),
    request_id: Field.optional(),
    bytes: Field.optional(),
    count: Field.optional(),
    cost: Field.optional(),
  }),
  key_is: z.enum(['id', 'hash']).default('id'),
  success: z
    .array(z.union([z.string(), z.number(), z.boolean()]).transform(value => String(value).toLowerCase()))
    .default([]),
  covers: z.enum(['owner', 'account']).optional(),
  blind: z.array(z.string()).default([]),
})
export type LogMap = z.infer<typeof LogMap>

/** Reads a field map; what is wrong comes back with line and column. */
export function readLogMap(
  file: string,
  text: string,
): { readonly map: LogMap; readonly faults?: undefined } | { readonly faults: readonly Fault[] } {
  const read = readYaml(file, text, LogMap)
  return read.faults === undefined ? { map: read.value } : { faults: read.faults }
}
