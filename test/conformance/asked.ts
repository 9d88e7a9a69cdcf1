import type { z } from 'zod'
import type { CompiledProvider } from '../../src/catalog/schema.ts'
import { continued } from '../../src/catalog/surface.ts'
import type { Auth } from '../../src/catalog/vocabulary.ts'

/** One request of a provider's file, in the words that its documents are compared in. */
export interface Asked {
  readonly provider: string
  readonly use: 'probe' | 'lookup' | 'usage'
  /** `GET /v1/account`: the path without its query, parts as `{name}`. */
  readonly request: string
  readonly effect: string
  /** How the secret travels, one for each kind of key: `bearer`, `basic`, `header x-api-key`, `query key`, `url`, `none`. */
  readonly security: readonly string[]
  /** What is read from an answer that says live, arrays as `*`: `data.*.id`. */
  readonly fields: readonly string[]
  /** The statuses below 300 that a rule takes for live. */
  readonly statuses: readonly number[]
}

type Asking = CompiledProvider['requests'][string]
type Reading = NonNullable<CompiledProvider['usage']>[string]
type Looking = NonNullable<CompiledProvider['lookup']>[string]

/** Every request of a file once, however many kinds of key and hosts it is for. */
export function askedBy(provider: CompiledProvider): readonly Asked[] {
  const all: Asked[] = []
  for (const [name, request] of Object.entries(provider.requests)) {
    const kinds = Object.values(provider.kinds).filter(({ probe }) => probe?.includes(name))
    if (kinds.length > 0)
      all.push(
        one(
          provider,
          'probe',
          request,
          liveFields(request),
          liveStatuses(request),
          kinds.map(kind => kind.auth),
        ),
      )
  }
  for (const request of Object.values(provider.lookup ?? {}))
    all.push(one(provider, 'lookup', request, liveFields(request), liveStatuses(request)))
  for (const request of Object.values(provider.usage ?? {}).flatMap(spec => [spec, ...continued(spec)]))
    all.push(one(provider, 'usage', request, eventFields(request), []))
  return merged(all)
}

function one(
  provider: CompiledProvider,
  use: Asked['use'],
  request: Asking | Reading | Looking,
  fields: readonly string[],
  statuses: readonly number[],
  ofKinds: readonly (z.infer<typeof Auth> | undefined)[] = [undefined],
): Asked {
  const headers = { ...provider.headers, ...request.headers }
  const asAdmin = 'with' in request && request.with === 'admin'
  const security = ofKinds.map(kind =>
    scheme(request.auth ?? kind ?? (asAdmin ? provider.admin?.auth : undefined) ?? provider.auth, headers),
  )
  const [method = '', target = ''] = request.request.split(' ')
  const path = target.split('?')[0] ?? ''
  return {
    provider: provider.id,
    use,
    request: `${method} ${path}`,
    effect: request.effect,
    security: [...new Set(security)],
    fields: [...new Set(fields)],
    statuses: [...new Set(statuses)],
  }
}

/** A request that stands in a file twice, with other rules, is one. */
function merged(all: readonly Asked[]): readonly Asked[] {
  const found = new Map<string, Asked>()
  for (const each of all) {
    const before = found.get(each.request)
    const join = <T>(of: (asked: Asked) => readonly T[]): readonly T[] => [
      ...new Set([...(before === undefined ? [] : of(before)), ...of(each)]),
    ]
    found.set(each.request, {
      ...each,
      security: join(({ security }) => security),
      fields: join(({ fields }) => fields),
      statuses: join(({ statuses }) => statuses),
    })
  }
  return [...found.values()]
}

/** Headers with a part in them carry a secret or its other half, and belong to the scheme. */
function scheme(auth: z.infer<typeof Auth>, headers: Readonly<Record<string, string>>): string {
  const also = Object.entries(headers).filter(([, value]) => value.includes('{'))
  return [first(auth), ...also.map(([name]) => `header ${name}`)].join(' + ')
}

function first(auth: z.infer<typeof Auth>): string {
  if ('bearer' in auth) return 'bearer'
  if ('basic' in auth) return 'basic'
  if ('header' in auth) return `header ${auth.header.name.toLowerCase()}`
  if ('query' in auth) return `query ${Object.keys(auth.query).join(' ')}`
  if ('in_url' in auth) return 'url'
  return 'none' in auth ? 'none' : (Object.keys(auth)[0] ?? '')
}

function liveStatuses({ verdict }: Asking | Looking): readonly number[] {
  return verdict
    .filter(({ state }) => state === 'live')
    .flatMap(({ status }) => status ?? [])
    .filter(status => status < 300)
}

function liveFields({ verdict, ...request }: Asking | Looking): readonly string[] {
  const rules = verdict.filter(
    ({ state, status }) => state === 'live' && [status ?? []].flat().some(each => each < 300),
  )
  const tested = rules.flatMap(({ where, xml }) => Object.entries({ ...where, ...xml }))
  const identity = Object.values(request.identity ?? {}).flat()
  const read = identity.flatMap(source =>
    typeof source === 'string' ? [source] : 'json' in source ? [source.json] : 'xml' in source ? [source.xml] : [],
  )
  // What an answer says when it is none (an error's field that names the account) is no field of a good answer.
  return [...tested.filter(([, condition]) => condition !== 'absent').map(([path]) => path), ...read]
    .filter(path => path !== '' && !/^(?:error|access_token)\./.test(path))
    .map(anyIndex)
}

/** Where an entry has a list of its own, only the time stands beside that list. */
function eventFields({ events, event, within }: Reading): readonly string[] {
  return Object.entries(event ?? {}).flatMap(([name, paths]) =>
    [paths]
      .flat()
      .filter(path => typeof path === 'string')
      .map(path => {
        const inner = within === undefined || name === 'at' ? [] : [within, '*']
        return anyIndex([events, '*', ...inner, path].filter(part => part !== '').join('.'))
      }),
  )
}

function anyIndex(path: string): string {
  return path
    .split('.')
    .map(part => (/^\d+$/.test(part) ? '*' : part))
    .join('.')
}
