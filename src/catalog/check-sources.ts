import type { Issue } from './read-yaml.ts'
import type { Provider } from './schema.ts'
import type { Lookup, Step, Usage } from './sources.ts'

/** What every source may use besides parts and facts of keys: times, and documented digests. */
const times = ['since', 'until'].flatMap(name => [name, ...['s', 'ms', 'date', 'mail'].map(form => `${name}_${form}`)])

/** What a schema can not say of look-ups and logs: who signs in, with what, and which holes there is something for. */
export function sourceIssues(provider: Provider): readonly Issue[] {
  const issues: Issue[] = []
  const admin = Object.keys(provider.admin?.parts ?? {}).map(name => `admin_${name}`)
  const says = (message: string, ...path: PropertyKey[]): void => void issues.push({ path, message })
  for (const hole of holesOf(provider.admin?.auth))
    if (!admin.includes(hole)) says(`{${hole}} is no part of \`admin\`: ${admin.join(', ')}`, 'admin', 'auth')
  const secret = new Set(
    Object.values(provider.kinds).flatMap(({ parts }) =>
      Object.entries(parts).flatMap(([name, part]) => (part.public ? [] : [name])),
    ),
  )
  const known = new Set([...knownOf(provider), ...admin, ...times])
  const check = (spec: Usage | Lookup, path: readonly PropertyKey[]): void => {
    const holes = new Set(known)
    const steps = spec.before ?? []
    for (const [index, step] of steps.entries()) {
      request(step, step.with ?? spec.with, holes, [...path, 'before', index])
      for (const name of [...Object.keys(step.take), ...(step.otherwise?.facts ?? []).flatMap(Object.keys)])
        holes.add(name)
    }
    request(spec, spec.with, holes, path)
  }
  const request = (
    asked: Step | Usage | Lookup,
    by: Usage['with'] | Lookup['with'],
    holes: ReadonlySet<string>,
    path: readonly PropertyKey[],
  ): void => {
    const post = asked.request.startsWith('POST')
    const login = asked.request.startsWith('LOGIN')
    const database = asked.auth !== undefined && 'database' in asked.auth ? asked.auth.database : undefined
    const asks = (database?.compares ?? database?.asks) !== undefined
    if ((post || login) && asked.safe === undefined)
      says(`a ${login ? 'LOGIN' : 'POST'} must say why it is safe, with a link`, ...path, 'safe')
    if (!post && (asked.body ?? (login ? undefined : asked.safe)) !== undefined)
      says('`safe` and `body` are for POST', ...path, 'request')
    if (login !== asks || (login && (by !== 'admin' || asked.effect !== 'session')))
      says(
        'a LOGIN is for `with: admin` with effect: session, and its `auth` says what it compares or asks',
        ...path,
        'request',
      )
    if (by === 'admin' && asked.auth === undefined && provider.admin === undefined)
      says("`with: admin` needs the provider's `admin`, or an `auth` of its own", ...path, 'with')
    for (const hole of holesOf(by === 'key' || by === 'itself' ? undefined : signIn(asked.auth)))
      if (secret.has(hole)) says(`{${hole}} would sign in with the leaked key: \`with\` says ${by}`, ...path, 'auth')
    for (const hole of holesOf([asked.request, asked.host, asked.body, asked.headers, asked.auth]))
      if (!holes.has(hole)) says(`{${hole}} is not known: ${[...holes].join(', ')}`, ...path, 'request')
  }
  for (const [name, spec] of Object.entries(provider.usage ?? {})) {
    check(spec, ['usage', name])
    if (spec.reads !== undefined && spec.with !== 'admin')
      says('a store is asked by an administrator: `reads` is for `with: admin`', 'usage', name, 'reads')
  }
  for (const [name, spec] of Object.entries(provider.lookup ?? {})) {
    check(spec, ['lookup', name])
    const likely = [spec, ...(spec.before ?? [])].some(
      ({ item }) => item !== undefined && ('hint' in item || 'ends' in item || 'starts' in item),
    )
    const decides = [...spec.verdict, ...(spec.absent === undefined ? [] : [spec.absent])].some(
      ({ state }) => state === 'live' || state === 'dead',
    )
    if (likely && decides)
      says('a few characters tell which key is likely meant, so this look-up can only say unknown', 'lookup', name)
  }
  for (const [index, { of }] of provider.cases.entries())
    if (of !== undefined && provider.usage?.[of] === undefined && provider.lookup?.[of] === undefined)
      says(`no usage source and no look-up is called "${of}"`, 'cases', index, 'of')
  return issues
}

/** Parts of keys with their digests, groups of patterns, facts that hosts bring, and what answers say of a key. */
function knownOf(provider: Provider): readonly string[] {
  const kinds = Object.values(provider.kinds)
  const parts = kinds.flatMap(kind => Object.entries(kind.parts))
  const hosts = [provider.hosts, ...kinds.map(({ hosts: own }) => own)].flatMap(list =>
    Array.isArray(list) ? list : [],
  )
  return [
    ...parts.flatMap(([name, { public: open }]) =>
      open ? [name] : [name, ...['sha256_base64', 'sha256_hex', 'ending'].map(of => `${name}_${of}`)],
    ),
    ...parts.flatMap(([, { pattern }]) =>
      [...pattern.matchAll(/\(\?<([a-z][a-z0-9_]*)>/g)].map(([, name]) => name ?? ''),
    ),
    ...parts.flatMap(([, { tells }]) => (tells === undefined ? [] : ['account', 'expires_at', 'issuer', 'subject'])),
    ...hosts.flatMap(host => (typeof host === 'string' ? [] : Object.keys(host.set ?? {}))),
    ...[...Object.values(provider.requests), ...Object.values(provider.lookup ?? {})].flatMap(({ identity }) =>
      Object.keys(identity ?? {}),
    ),
  ]
}

/** What is shown to the other side: what a database's answer is compared with is not. */
function signIn(auth: Lookup['auth']): unknown {
  return auth !== undefined && 'database' in auth ? { ...auth.database, compares: undefined } : auth
}

function holesOf(value: unknown): readonly string[] {
  return [...JSON.stringify(value ?? '').matchAll(/\{([a-z][a-z0-9_]*)\}/g)].map(([, name]) => name ?? '')
}
