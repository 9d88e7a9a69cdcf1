import type { Asked } from './asked.ts'
import { type Operation, operationFor } from './document.ts'

type Node = Readonly<Record<string, unknown>>

/** Of an OpenAPI or Swagger document, the operations that a provider's file asks for, and of each only what is compared. */
export function reduce(document: unknown, asked: readonly Asked[], base = serverPath(document)): readonly Operation[] {
  const root = record(document)
  const all = Object.entries(record(root['paths'])).flatMap(([path, item]) =>
    Object.keys(record(item))
      .filter(method => ['get', 'head', 'post'].includes(method))
      .map(method => ({ method: method.toUpperCase(), path: base + path, key: path })),
  )
  const found = new Map<string, Operation>()
  for (const one of asked) {
    const theirs = all.find(each => each === operationFor(one.request, all))
    if (theirs === undefined) continue
    const item = record(record(root['paths'])[theirs.key])
    const operation = record(item[theirs.method.toLowerCase()])
    const responses = record(operation['responses'])
    const schema = goodSchema(root, responses)
    const security = schemes(root, operation, item)
    found.set(`${theirs.method} ${theirs.path}`, {
      method: theirs.method,
      path: theirs.path,
      ...(security.length > 0 && { security }),
      statuses: Object.keys(responses),
      ...(schema !== undefined && { required: required(root, schema), fields: fieldsAround(root, schema, one.fields) }),
    })
  }
  return [...found.values()]
}

function serverPath(document: unknown): string {
  const { basePath, servers } = record(document)
  const [server] = Array.isArray(servers) ? servers : []
  const url = basePath ?? record(server)['url']
  return (typeof url === 'string' ? url : '').replace(/^https?:\/\/[^/]+/, '').replace(/\/$/, '')
}

function goodSchema(root: Node, responses: Node): unknown {
  const good = Object.keys(responses).find(status => status.startsWith('2')) ?? 'default'
  const response = resolved(root, responses[good])
  const content = record(response['content'])
  const json = Object.keys(content).find(type => type.includes('json'))
  return response['schema'] ?? (json === undefined ? undefined : record(content[json])['schema'])
}

/** Schemes that all have to be there are joined by ` + `; none are given where the document has no word on keys. */
function schemes(root: Node, operation: Node, item: Node): readonly string[] {
  const named = record(record(root['components'])['securitySchemes'] ?? root['securityDefinitions'])
  const wanted = operation['security'] ?? root['security']
  const sets = Array.isArray(wanted) ? wanted.map(record) : []
  const said = sets.map(set =>
    Object.keys(set)
      .map(name => schemeName(resolved(root, named[name])))
      .toSorted()
      .join(' + '),
  )
  const list = (of: Node): readonly unknown[] => (Array.isArray(of['parameters']) ? of['parameters'] : [])
  const headers = [...list(item), ...list(operation)]
    .map(parameter => resolved(root, parameter))
    .filter(one => one['in'] === 'header' && /token|auth|key/i.test(String(one['name'])))
    .map(({ name }) => `header ${String(name).toLowerCase()}`)
  const nothing = Array.isArray(wanted) && said.length === 0 ? ['none'] : []
  return [...new Set([...said.map(set => (set === '' ? 'none' : set)), ...headers, ...nothing])]
}

function schemeName(scheme: Node): string {
  if (scheme['type'] === 'apiKey') return `${String(scheme['in'])} ${String(scheme['name']).toLowerCase()}`
  if (scheme['type'] === 'basic' || scheme['scheme'] === 'basic') return 'basic'
  return 'bearer'
}

/** Every field beside one that we read, at each of its levels, and what is below the levels that the document leaves open. */
function fieldsAround(root: Node, schema: unknown, read: readonly string[]): readonly string[] {
  const found = new Set<string>()
  const levels = new Set(['', ...read.flatMap(path => path.split('.').map((_, at, all) => all.slice(0, at).join('.')))])
  for (const level of levels) {
    const below = children(root, schema, level === '' ? [] : level.split('.'))
    const prefix = level === '' ? '' : `${level}.`
    if (below === 'open') found.add(`${prefix}**`)
    else for (const name of below) found.add(prefix + name)
  }
  return [...found].toSorted()
}

function required(root: Node, schema: unknown): readonly string[] {
  const own = parts(root, schema).flatMap(part => (Array.isArray(part['required']) ? part['required'] : []))
  return [...new Set(own.map(String))].toSorted()
}

function children(root: Node, schema: unknown, way: readonly string[]): readonly string[] | 'open' {
  const here = parts(root, schema)
  const [name, ...rest] = way
  const items = here.map(part => part['items']).find(one => one !== undefined)
  if (name === undefined) {
    const names = here.flatMap(part => Object.keys(record(part['properties'])))
    if (items !== undefined) return ['*']
    return names.length > 0 || here.some(({ type }) => type !== undefined && type !== 'object') ? names : 'open'
  }
  const next = here.flatMap(part => {
    const one = name === '*' ? part['items'] : record(part['properties'])[name]
    return one === undefined ? [] : [one]
  })
  return next.length === 0 ? [] : children(root, { anyOf: next }, rest)
}

/** A schema and all that it is made of, with references followed. */
function parts(root: Node, schema: unknown, depth = 0): readonly Node[] {
  const own = resolved(root, schema)
  if (depth > 6) return [own]
  const made = ['allOf', 'anyOf', 'oneOf'].flatMap(word => (Array.isArray(own[word]) ? own[word] : []))
  return [
    ...(made.length > 0 && own['properties'] === undefined ? [] : [own]),
    ...made.flatMap(one => parts(root, one, depth + 1)),
  ]
}

function resolved(root: Node, node: unknown): Node {
  const own = record(node)
  if (typeof own['$ref'] !== 'string') return own
  const keys = own['$ref'].replace(/^#\//, '').split('/')
  const target = keys.reduce<unknown>(
    (at, key) => record(at)[decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~')],
    root,
  )
  return resolved(root, target)
}

function record(value: unknown): Node {
  return typeof value === 'object' && value !== null ? (value as Node) : {}
}
