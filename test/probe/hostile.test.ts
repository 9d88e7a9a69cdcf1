import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Catalog } from '../../src/catalog/catalog.ts'
import { compile } from '../../src/catalog/compile.ts'
import { madeUp } from '../../src/catalog/made-up.ts'
import type { Provider } from '../../src/catalog/schema.ts'
import { wireReply } from '../../src/composition/cases.ts'
import { parseBody } from '../../src/engine/body.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { spaced } from '../../src/engine/pace.ts'
import type { Transport } from '../../src/engine/transport.ts'
import type { Credential } from '../../src/model/credential.ts'
import { Secret } from '../../src/model/secret.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import { check } from '../../src/pipeline.ts'
import { plan } from '../../src/plan/plan.ts'
import { Places } from '../../src/store/places.ts'
import { memoryLedger } from '../engine/support.ts'
import { type Answer, behaviours, fitting } from './hostile-answers.ts'

type Parsed = ReturnType<typeof parseBody>
/** An answer is the same to everybody who asks, so it is unpacked and parsed once. */
const parsed = new Map<Answer, Parsed>()

function over(behaviour: Answer | Error): Transport {
  return async () => {
    if (behaviour instanceof Error) throw behaviour
    const { status, type = '', body = '', headers = {} } = behaviour
    const known = parsed.get(behaviour) ?? parseBody(Buffer.from(body), type, headers['content-encoding'])
    parsed.set(behaviour, known)
    return { status, headers: { ...(type !== '' && { 'content-type': type }), ...headers }, ...(await known) }
  }
}

/** The walk of one made-up credential, from plan to verdict, over a network that behaves so. */
function walkOf(
  provider: Provider,
  credential: Credential,
): (behaviour: Answer | Error) => Promise<Verdict | undefined> {
  const planned = plan(provider, credential, { hosts: hostOf(provider), effects: new Set(['counts', 'evicts']) })
  const findings = Object.assign([], { length: 0 })
  const subject = {
    id: credential.id,
    provider: provider.id,
    kind: credential.kind,
    name: provider.name,
    shown: '…',
    facts: credential.facts,
    findings,
    credential,
  }
  const walk = {
    catalog: new Catalog([provider]),
    keyring: { scrub: (text: string) => text },
    places: new Places('.'),
    fingerprintKey: Buffer.alloc(32),
    planning: {},
    memo: { once: (_: unknown, ask: () => Promise<unknown>) => ask() },
  }
  return async behaviour => {
    const send = createEngine({
      transport: over(behaviour),
      pace: spaced(
        () => 0,
        async () => undefined,
      ),
      ledger: memoryLedger(),
      agent: 'test',
      timeout: 1000,
      attempts: 1,
      patience: 0,
      signal: new AbortController().signal,
    })
    for await (const { verdict } of check([{ subject, plan: planned }] as never, { ...walk, send } as never))
      return verdict
    return undefined
  }
}

function hostOf({ id, hosts }: Provider): ReadonlyMap<string, string> {
  return new Map(hosts === 'needed' ? [[id, 'https://self-hosted.example.com']] : [])
}

function credentialOf(provider: Provider, kindId: string): Credential {
  const parts = Object.entries(provider.kinds[kindId]?.parts ?? {})
  const texts = parts.map(([name, { example, pattern, public: isPublic }]) => {
    const text = madeUp(example, `${provider.id} ${kindId} ${name}`)
    // The host is the one that the user names.
    const { host: _host, ...facts } = new RegExp(`^(?:${pattern})$`).exec(text)?.groups ?? {}
    return { name, text, isPublic, facts }
  })
  return {
    id: `${provider.id}-1`,
    provider: provider.id,
    kind: kindId,
    parts: Object.fromEntries(
      texts.map(({ name, text, isPublic }) => [
        name,
        isPublic ? { public: true as const, text } : { public: false as const, secret: new Secret(text) },
      ]),
    ),
    facts: Object.assign({}, ...texts.map(({ facts }) => facts)),
    shown: '…',
  }
}

const providers = readdirSync('validators')
  .filter(name => name.endsWith('.yaml'))
  .flatMap(name => compile(name, readFileSync(`validators/${name}`, 'utf8')).provider ?? [])

/** What other providers say of keys that live or are dead: their words are not this one's. */
function wordsOfOthers(provider: Provider): readonly (readonly [string, Answer])[] {
  return providers
    .filter(other => other.id !== provider.id)
    .flatMap(other =>
      other.cases.flatMap(({ it: says, reply, expect: { state } }) =>
        reply === undefined ||
        reply.status === 429 ||
        reply.status >= 500 ||
        (state !== 'live' && state !== 'dead') ||
        (reply.status === 200 && signsIn(provider) && signsIn(other))
          ? []
          : [[`${other.id}: ${says}`, answerOf(reply)] as const],
      ),
    )
}

/** Token endpoints speak one language: who hands out a token has the same words for it (RFC 6749 §5.1), refusals differ. */
function signsIn({ requests }: Provider): boolean {
  return Object.values(requests).some(({ session }) => session !== undefined)
}

type Reply = Parameters<typeof wireReply>[0]
const answers = new Map<Reply, Answer>()

function answerOf(reply: Reply): Answer {
  const known = answers.get(reply)
  if (known !== undefined) return known
  const { status, headers, body } = wireReply(reply)
  const answer = { status, headers, type: headers['content-type'] ?? '', body }
  answers.set(reply, answer)
  return answer
}

/**
 * Providers that document a status and nothing else, as their files say (law 3): with it, any JSON without an error counts.
 * 'sure' are those whose next best sign tells them from everybody here: one word in a list of errors (datadog),
 * one sentence and no other field (gitguardian), the id of the request beside an empty body (pagerduty), an empty list of
 * scopes in a header (travis-ci).
 */
const statusOnly: Readonly<Record<string, number | 'sure'>> = {
  datadog: 'sure',
  fullstory: 401,
  gitguardian: 'sure',
  pagerduty: 'sure',
  'travis-ci': 'sure',
}

function documented({ id, requests }: Provider, behaviour: Answer | Error): boolean {
  if (behaviour instanceof Error) return false
  const isJson = behaviour.type?.startsWith('application/json') === true || /^[[{]/.test(String(behaviour.body))
  if (!isJson) return false
  const said = Object.values(requests).flatMap(({ verdict }) => verdict.filter(rule => rule.status_only !== undefined))
  return said.length > 0 && statusOnly[id] === behaviour.status
}

/** Those that speak HTTP; what lies at the others' sign-ins is in test/engine/protocols. */
const asked = providers.filter(
  ({ kinds, requests }) =>
    Object.values(kinds).some(({ probe }) => probe !== undefined) &&
    !Object.values(requests).some(({ request }) => request.startsWith('LOGIN ')),
)

describe.each(asked.map(provider => ({ id: provider.id, provider })))('$id', ({ provider }) => {
  const kinds = Object.entries(provider.kinds).filter(([, { probe }]) => probe !== undefined)
  const rows = [...behaviours, ...wordsOfOthers(provider)].filter(([, behaviour]) => !documented(provider, behaviour))

  it.each(kinds.map(([kind]) => kind))('%s: no network in between can make it live or dead', async kind => {
    const verdictOver = walkOf(provider, credentialOf(provider, kind))
    const wrong: string[] = []
    for (const [says, behaviour] of rows) {
      const verdict = await verdictOver(behaviour)
      if (verdict?.state !== 'unknown' || !fitting(behaviour).includes(verdict.reason))
        wrong.push(`${says} → ${verdict?.state}/${verdict?.reason}: ${verdict?.because}`)
    }
    expect(wrong).toEqual([])
  })
})

it('knows each provider that judges by a status alone', () => {
  const judging = providers.filter(({ requests }) =>
    Object.values(requests).some(({ verdict }) => verdict.some(rule => rule.status_only !== undefined)),
  )
  expect(judging.map(({ id }) => id)).toEqual(Object.keys(statusOnly))
})
