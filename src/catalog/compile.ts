import { sourceIssues } from './check-sources.ts'
import { linear } from './matcher.ts'
import { type Fault, type Issue, readYaml } from './read-yaml.ts'
import { type CompiledProvider, Provider } from './schema.ts'

export type Compiled =
  | { readonly provider: Provider; readonly faults: readonly [] }
  | { readonly provider?: undefined; readonly faults: readonly Fault[] }

/** Reads one provider's file. What is wrong with it comes back as faults, all at once. */
export function compile(file: string, text: string): Compiled {
  const read = readYaml(file, text, Provider)
  if (read.faults !== undefined) return { faults: read.faults }
  const unsound = crossCheck(read.value, basename(file))
  return unsound.length > 0 ? { faults: unsound.map(read.faultAt) } : { provider: read.value, faults: [] }
}

/** What is shipped. */
export function withoutCases({ cases: _, ...rest }: Provider): CompiledProvider {
  return rest
}

function basename(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
}

/** What a schema can not say: names that must exist elsewhere in the file, patterns that must be sound. */
function crossCheck(provider: Provider, fileName: string): readonly Issue[] {
  const issues: Issue[] = []
  const says = (message: string, ...path: PropertyKey[]): void => void issues.push({ path, message })
  if (fileName !== `${provider.id}.yaml`) says(`the file must be called ${provider.id}.yaml`, 'id')
  const holesOf = (value: unknown): readonly string[] =>
    [...JSON.stringify(value).matchAll(/\{([a-z][a-z0-9_]*)\}/g)].map(([, name]) => name ?? '')
  const brought = (hosts: unknown): readonly string[] =>
    Array.isArray(hosts)
      ? hosts.flatMap((host: unknown) =>
          typeof host === 'object' && host !== null && 'set' in host ? Object.keys(host.set ?? {}) : [],
        )
      : []

  for (const [kindId, kind] of Object.entries(provider.kinds)) {
    const known = new Set([...Object.keys(kind.parts), ...brought(kind.hosts ?? provider.hosts)])
    for (const [name, part] of Object.entries(kind.parts))
      for (const key of ['pattern', 'placeholder', 'lookalike'] as const) {
        const pattern = part[key]
        if (pattern === undefined) continue
        try {
          linear(pattern)
        } catch (error) {
          says(
            `not an RE2 pattern, which has no look-around and no back-references: ${error instanceof Error ? error.message.replace('error parsing regexp: ', '') : String(error)}`,
            'kinds',
            kindId,
            'parts',
            name,
            key,
          )
        }
        for (const [, group] of pattern.matchAll(/\(\?<([a-z][a-z0-9_]*)>/g)) known.add(group ?? '')
      }
    if (!Object.values(kind.parts).some(part => part.public === undefined))
      says('a kind has at least one secret part', 'kinds', kindId, 'parts')
    for (const [index, name] of (kind.probe ?? []).entries()) {
      const request = provider.requests[name]
      if (request === undefined) {
        says(
          `no request is called "${name}"; there are: ${Object.keys(provider.requests).join(', ')}`,
          'kinds',
          kindId,
          'probe',
          index,
        )
        continue
      }
      const used = [
        request.request,
        request.body ?? '',
        request.headers ?? {},
        provider.headers ?? {},
        request.auth ?? kind.auth ?? provider.auth,
      ]
      const { auth = kind.auth ?? provider.auth } = request
      if ('database' in auth !== request.request.startsWith('LOGIN'))
        says('LOGIN goes with auth: { database: … }, and it with LOGIN', 'requests', name, 'request')
      if ('database' in auth && (kind.hosts ?? provider.hosts) !== 'needed')
        says('a database is asked only where the user says: hosts: needed', 'hosts')
      for (const hole of holesOf(used))
        if (!known.has(hole))
          says(`{${hole}} is neither a part of kind ${kindId} nor a fact: ${[...known].join(', ')}`, 'requests', name)
      for (const hole of holesOf(request.once?.account ?? ''))
        if (kind.parts[hole]?.public !== true && (hole in kind.parts || !known.has(hole)))
          says(
            `{${hole}} is no public part of kind ${kindId}: what names an account is written down`,
            'requests',
            name,
            'once',
            'account',
          )
      for (const [ruleIndex, rule] of request.verdict.entries())
        if (rule.then !== undefined && !(kind.probe ?? []).slice(index + 1).includes(rule.then))
          says(
            `"${rule.then}" does not come later in the ladder of kind ${kindId}`,
            'requests',
            name,
            'verdict',
            ruleIndex,
            'then',
          )
    }
  }
  const parts = new Map(Object.values(provider.kinds).flatMap(kind => Object.entries(kind.parts)))
  const { apart } = provider.limit
  if (apart !== undefined && !parts.has(apart.part))
    says(`no kind has a part "${apart.part}"`, 'limit', 'apart', 'part')
  for (const [name, { verdict }] of Object.entries(provider.requests))
    for (const [index, { of }] of verdict.entries())
      for (const part of of ?? [])
        if (!parts.has(part)) says(`no kind has a part "${part}"`, 'requests', name, 'verdict', index, 'of')
  const used = new Set(Object.values(provider.kinds).flatMap(kind => kind.probe ?? []))
  for (const name of Object.keys(provider.requests))
    if (!used.has(name)) says('no kind has this request in its ladder', 'requests', name)
  for (const [index, { kind }] of provider.cases.entries()) {
    if (kind !== undefined && provider.kinds[kind] === undefined)
      says(`no kind is called "${kind}"`, 'cases', index, 'kind')
  }
  return [...issues, ...sourceIssues(provider)]
}
