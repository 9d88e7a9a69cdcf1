import { describe, expect, it } from 'vitest'
import { loadDirectory } from '../../src/catalog/load.ts'
import type { Rule } from '../../src/catalog/schema.ts'
import type { Reply, SafeRequest } from '../../src/model/request.ts'
import { judge } from '../../src/verdict/judge.ts'

const { providers } = await loadDirectory('validators')
const requests = providers.flatMap(provider =>
  Object.entries(provider.requests).map(([name, request]) => ({
    title: `${provider.id} ${name}`,
    provider,
    name,
    request,
  })),
)
const statuses = Array.from({ length: 500 }, (_, index) => index + 100)
/** Headers of a server and a proxy that are anybody's. */
const between = [{}, { server: 'nginx', 'content-type': 'text/html' }, { via: '1.1 proxy', 'x-cache': 'MISS' }]

describe.each(requests)('$title', ({ request }) => {
  const deciding = request.verdict.filter(({ state }) => state === 'live' || state === 'dead')

  it('names evidence besides the status in every rule for live and dead (law 3)', () => {
    for (const rule of deciding) expect(evidenceOf(rule)).not.toEqual([])
  })

  it('has no evidence that is only an absence', () => {
    for (const rule of deciding)
      if (rule.status_only === undefined) expect(evidenceOf(rule).some(condition => condition !== 'absent')).toBe(true)
  })

  it.each<Reply['kind']>(['none', 'html', 'text', 'xml', 'unreadable'])(
    'decides nothing by a bare status with a body of the kind %s',
    kind => {
      const body = kind === 'text' ? 'Unauthorized' : kind === 'xml' ? { $root: 'html' } : undefined
      const decided = statuses.flatMap(status =>
        between.filter(headers => stateOf(request, { status, headers, kind, body }) !== 'unknown').map(() => status),
      )
      expect(decided).toEqual([])
    },
  )

  // A rule that admits to know nothing but a status can not do better than the type of the body.
  const sure = { ...request, verdict: request.verdict.filter(({ status_only: only }) => only === undefined) }
  it.each([
    { message: 'Unauthorized' },
    { error: 'unauthorized' },
    { errors: [] },
    { status: 401 },
    { ok: false },
    { message: 'Forbidden' },
    [],
    'denied',
    null,
  ])('does not take a gateway’s JSON for its own: %j', body => {
    for (const status of [200, 201, 400, 401, 403, 404, 407, 410])
      expect(stateOf(sure, { status, headers: {}, kind: 'json', body })).toBe('unknown')
  })
})

it('would have told: a file with a bare status decides by it', () => {
  const [{ request } = { request: undefined }] = requests
  if (request === undefined) throw new Error('no request')
  const bare = { ...request, verdict: [{ status: 401, state: 'dead' as const, reason: 'rejected' as const }] }
  expect(stateOf(bare, { status: 401, headers: {}, kind: 'html', body: undefined })).toBe('dead')
})

function evidenceOf(rule: Rule): readonly unknown[] {
  const named = [rule.where, rule.xml, rule.header].flatMap(conditions => Object.values(conditions ?? {}))
  return [
    ...named,
    ...(rule.text === undefined ? [] : [rule.text]),
    ...(rule.status_only === undefined ? [] : [rule.type]),
  ].filter(condition => condition !== undefined)
}

function stateOf(rules: Parameters<typeof judge>[1], reply: Reply): string {
  const request = {
    method: 'GET',
    origin: 'https://api.example.com',
    path: '/',
    parts: {},
    facts: {},
  } as unknown as SafeRequest
  return judge(request, rules, { sentAt: '2026-01-01T00:00:00.000Z', reply }).verdict.state
}
