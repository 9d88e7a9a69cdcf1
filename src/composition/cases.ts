import { Catalog } from '../catalog/catalog.ts'
import { madeUp } from '../catalog/made-up.ts'
import type { Provider } from '../catalog/schema.ts'
import { parseBody } from '../engine/body.ts'
import { createEngine } from '../engine/engine.ts'
import { spaced } from '../engine/pace.ts'
import type { Transport } from '../engine/transport.ts'
import type { Finding } from '../model/finding.ts'
import { Keyring } from '../model/keyring.ts'
import type { SafeRequest } from '../model/request.ts'
import { check, understand, type Walk } from '../pipeline.ts'
import { Places } from '../store/places.ts'
import { allowedEffects, trySource } from './source-cases.ts'

type Case = Provider['cases'][number]
type Reply = NonNullable<Case['reply']>

/** An answer as it goes over the wire, from the words of a case. */
export function wireReply({ status, json, xml, html, text, headers = {} }: Reply): {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
} {
  const [type, body] =
    json !== undefined
      ? ['application/json; charset=utf-8', JSON.stringify(json)]
      : xml !== undefined
        ? ['text/xml', xml]
        : html !== undefined
          ? ['text/html; charset=utf-8', html]
          : text !== undefined
            ? ['text/plain; charset=utf-8', text]
            : [undefined, '']
  return { status, headers: { ...(type !== undefined && { 'content-type': type }), ...headers }, body }
}

/** A case whose answers hold the made-up key: `{part:NAME}` in them stands for that part, `{part:NAME:8}` and `{part:NAME:-4}` for its ends. */
export function withParts(provider: Provider, { reply, replies, ...example }: Case): Case {
  const parts = new Map(partsOf(provider, example))
  const filled = (given: Reply): Reply => JSON.parse(JSON.stringify(given, (_, value: unknown) => fill(value, parts)))
  return {
    ...example,
    ...(reply !== undefined && { reply: filled(reply) }),
    ...(replies !== undefined && { replies: replies.map(filled) }),
  }
}

function fill(value: unknown, parts: ReadonlyMap<string, string>): unknown {
  return typeof value === 'string'
    ? value.replaceAll(/\{part:([a-z_]+)(?::(-)?(\d+))?\}/g, (hole, name: string, end?: string, length?: string) => {
        const part = parts.get(name) ?? hole
        if (length === undefined) return part
        return end === undefined ? part.slice(0, Number(length)) : part.slice(-Number(length))
      })
    : value
}

function kindOf({ kinds }: Provider, { kind }: Case): string {
  const all = Object.entries(kinds)
  return kind ?? (all.find(([, { probe }]) => probe !== undefined) ?? all[0])?.[0] ?? ''
}

/** The made-up parts of a case's key. */
function partsOf(provider: Provider, example: Case): readonly (readonly [name: string, text: string])[] {
  const { parts: own = {} } = example
  const kind = kindOf(provider, example)
  return Object.entries(provider.kinds[kind]?.parts ?? {})
    .filter(([name, part]) => !part.optional || name in own)
    .map(([name, part]) => [name, madeUp(own[name] ?? part.example, `${provider.id} ${kind} ${name}`)])
}

/** Tries one case over a network that gives its answers, in order, without a socket. */
export async function replayed(provider: Provider, example: Case): Promise<readonly string[]> {
  const whole = withParts(provider, example)
  return tryCase(provider, whole, replaying(whole))
}

/** A network that gives the answers of a case, in order, without a socket. */
export function replaying({ reply, replies = [] }: Case): Transport {
  let asked = 0
  return async () => {
    const { status, headers, body } = wireReply(reply ?? replies[asked++] ?? { status: 599 })
    const parsed = await parseBody(Buffer.from(body), headers['content-type'] ?? '', undefined)
    return {
      status,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
      ...parsed,
    }
  }
}

/**
 * Tries one case: a made-up key walks the whole pipeline, as in a run, over the given network. Comes back with what
 * differs from what the case expects, in words; nothing if all is as it should be.
 */
export async function tryCase(provider: Provider, example: Case, transport: Transport): Promise<readonly string[]> {
  const { host, apart, expect, allow_effect: allowed } = example
  const kindId = kindOf(provider, example)
  if (provider.kinds[kindId] === undefined) return [`${provider.id} has no kind called "${kindId}"`]
  const keyring = new Keyring()
  const values = partsOf(provider, example).map(([name, text]) => [name, keyring.of(text)] as const)
  const found = apart ? values.map(one => [one]) : [values]
  const sent: SafeRequest[] = []
  const walk: Walk = {
    catalog: new Catalog([provider]),
    keyring,
    places: new Places('.'),
    fingerprintKey: Buffer.alloc(32),
    planning: {
      ...(host !== undefined && { hosts: new Map([[provider.id, host]]) }),
      ...(allowed === true && { effects: allowedEffects }),
    },
    memo: { once: (_, ask) => ask() },
    send: createEngine({
      transport,
      pace: spaced(
        () => 0,
        async () => undefined,
      ),
      ledger: {
        sent: async request => sent.push(request),
        answered: () => undefined,
        head: () => null,
        close: () => undefined,
      },
      agent: 'afterleak/case',
      timeout: 5_000,
      attempts: 1,
      patience: 0,
      signal: new AbortController().signal,
      scrub: text => keyring.scrub(text),
      wait: async () => undefined,
    }),
  }
  const findings = (async function* (): AsyncGenerator<Finding> {
    for (const [line, parts] of found.entries())
      yield {
        tool: 'json',
        provider: provider.id,
        parts: Object.fromEntries(parts),
        place: apart ? { file: 'case', line: line + 1 } : {},
      }
  })()
  if (example.of !== undefined) {
    const [planned] = await understand(findings, walk)
    if (planned === undefined) return ['nothing was understood of the key']
    return trySource(provider, { ...example, of: example.of }, planned.subject, { walk, keyring, sent })
  }
  const differences: string[] = []
  const same = (what: string, wanted: unknown, got: unknown): void => {
    if (wanted !== undefined && JSON.stringify(wanted) !== JSON.stringify(got))
      differences.push(`${what}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`)
  }
  for await (const { kind: gotKind, facts, verdict } of check(await understand(findings, walk), walk)) {
    same('kind', expect.state === 'skipped' ? undefined : kindId, gotKind)
    same('state', expect.state, verdict.state)
    same('reason', expect.reason, verdict.reason)
    for (const [name, value] of Object.entries(expect.identity ?? {}))
      same(`identity.${name}`, value, verdict.identity?.[name])
    for (const [name, value] of Object.entries(expect.facts ?? {})) same(`facts.${name}`, value, facts[name])
    same('grants', expect.grants, verdict.grants)
    same('expires_at', expect.expires_at, verdict.expiresAt)
    if (expect.because !== undefined && !verdict.because.includes(expect.because))
      same('because', expect.because, verdict.because)
    if (differences.length > 0) differences.push(`it said: ${verdict.because}`)
  }
  same(
    'requests',
    expect.requests,
    sent.map(({ method, origin, path }) => `${method} ${origin}${path}`),
  )
  return differences
}
