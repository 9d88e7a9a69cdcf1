import { expect } from 'vitest'
import { Catalog } from '../../src/catalog/catalog.ts'
import { compile } from '../../src/catalog/compile.ts'
import { madeUp } from '../../src/catalog/made-up.ts'
import { type AskedEarlier, pullPlans } from '../../src/composition/sources.ts'
import type { Case, Parts } from '../../src/model/credential.ts'
import { Keyring } from '../../src/model/keyring.ts'
import type { Answer, Reply, SafeRequest } from '../../src/model/request.ts'
import type { Coverage } from '../../src/model/usage.ts'
import { joinKeysOf } from '../../src/usage/join.ts'
import { Pull } from '../../src/usage/pull.ts'
import { gatherUsage } from '../../src/usage/usage.ts'
import { providerText } from '../catalog/provider-text.ts'

export const day = 86_400_000
export const now = Date.parse('2026-11-24T12:00:00Z')
export const iso = (time: number): string => new Date(time).toISOString()

const admin = `admin:
  parts: { token: { what: An administrator's. } }
  auth: { bearer: '{admin_token}' }
  docs: https://acme.example/docs
usage:
`
export const log = (name: string, more: string, event = 'id: id, at: at, action: what'): string => `  ${name}:
    with: admin
    effect: none
    events: items
    event: { ${event} }
    blind: [what was only read]
    docs: https://acme.example/docs
${more}`

/** An answer other than a good one. */
export function answer(status: number, kind: Reply['kind'] = 'json', body: unknown = {}): Answer {
  return { sentAt: iso(now), reply: { status, kind, headers: {}, body } }
}

interface Pulled {
  readonly asked: readonly string[]
  readonly events: readonly (readonly (string | number)[])[]
  readonly coverage: readonly Coverage[]
  readonly states: readonly string[]
  readonly whys: readonly string[]
}

/** Two keys of one account at Acme, whose logs are those of its file and answer as `say` has it: with a body, or an answer. */
export async function pulled(
  usage: string,
  say: (request: SafeRequest, path: string) => unknown,
  earlier?: AskedEarlier,
  { noTouch = false, state: found = 'live', isAdmin = true } = {},
): Promise<Pulled> {
  const { provider, faults } = compile(
    'acme.yaml',
    providerText.replace(/no_usage:.*\n/, `${admin}${usage}`).replace('identity: {', 'identity: { user: user,'),
  )
  expect(faults).toEqual([])
  if (provider === undefined) throw new TypeError('no provider')
  const keyring = new Keyring()
  const secret = (text: string, seed: string) => ({ public: false as const, secret: keyring.of(madeUp(text, seed)) })
  const subjects = ['one', 'two'].map(id => {
    const parts: Parts = { key: secret('acme_us_{alnum:24}', id) }
    const verdict = { state: found, reason: 'works', because: '', checkedAt: '', evidence: [], identity: { user: id } }
    const one = { id, provider: 'acme', kind: 'api-key', shown: id, facts: { region: 'us' }, findings: [], verdict }
    return { one: one as unknown as Case, parts }
  })
  const asked: string[] = []
  const plans = pullPlans(
    subjects,
    {
      catalog: new Catalog([provider]),
      admins: new Map(
        isAdmin ? [['acme', { provider: 'acme', parts: { admin_token: secret('{alnum:30}', 'admin') } }]] : [],
      ),
      noTouch,
      send: async request => {
        const path = request.path.replaceAll(/\{([a-z0-9_]+)\}/g, (_, name: string) => request.facts[name] ?? '')
        asked.push(path)
        const said = say(request, path)
        return isAnswer(said) ? said : answer(200, 'json', said)
      },
    },
    now,
    earlier,
  )
  const pull = new Pull(plans)
  const gathered = await gatherUsage([], {
    keys: subjects.map(({ one, parts }) => joinKeysOf(one, parts)),
    warn: () => undefined,
    scrub: text => text,
    pulled: pull.handfuls(),
  })
  const events = subjects.map(({ one }) => [...gathered.history(one.id)].map(({ id }) => id))
  const coverage = subjects.flatMap(({ one }) => pull.coverage(one.id))
  const states = coverage.map(({ state }) => state)
  return { asked, events, coverage, states, whys: coverage.map(({ why = '' }) => why) }
}

function isAnswer(said: unknown): said is Answer {
  return typeof said === 'object' && said !== null && 'sentAt' in said
}
