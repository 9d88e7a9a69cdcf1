import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { parseBody } from '../../src/engine/body.ts'
import type { Send } from '../../src/model/request.ts'
import { walked } from './aws-world.ts'
import { type Plain, understood } from './support.ts'

const apiKeys = ['one', 'two'].map(seed => madeUp('{hex:32}', `api key ${seed}`))
const appKeys = ['one', 'two'].map(seed => madeUp('{hex:40}', `app key ${seed}`))
const apps = ['one', 'two'].map(seed => madeUp('{uppernum:10}', `app ${seed}`))
const searchKeys = ['one', 'two', 'three'].map(seed => madeUp('{hex:32}', `search key ${seed}`))

function api(index: number, line: number): Plain {
  return { tool: 'trufflehog', rule: 'DatadogApikey', value: apiKeys[index] ?? '', file: 'a/.env', line }
}
function app(index: number, line: number): Plain {
  return { rule: 'datadog-access-token', value: appKeys[index] ?? '', file: 'a/.env', line }
}
function algolia(index: number, line: number, appId?: string): Plain {
  const key = searchKeys[index] ?? ''
  const parts = { parts: { ALGOLIA_APP_ID: appId ?? '', ALGOLIA_ADMIN_KEY: key } }
  return {
    tool: 'kingfisher',
    rule: 'kingfisher.algolia.1',
    file: 'a/.env',
    line,
    ...(appId === undefined ? { value: key } : parts),
  }
}

/** `key-pair near, 1` for each credential; the number is how many places it has. */
async function inWords(...plain: readonly Plain[]): Promise<readonly string[]> {
  const { subjects } = await understood(plain)
  return subjects
    .map(
      ({ kind, pairing, settled, findings }) => `${kind} ${settled?.reason ?? pairing ?? 'whole'}, ${findings.length}`,
    )
    .toSorted()
}

describe('a part that others have too', () => {
  it.each<readonly [string, readonly Plain[], readonly string[]]>([
    ['by a whole key on the line before', [api(0, 1), app(0, 2)], ['api-key whole, 1', 'key-pair near, 1']],
    [
      'to each of several',
      [api(0, 1), app(0, 2), app(1, 3)],
      ['api-key whole, 1', 'key-pair near, 1', 'key-pair near, 1'],
    ],
    [
      'by the nearer of two',
      [api(0, 1), app(0, 2), api(1, 9)],
      ['api-key whole, 1', 'api-key whole, 1', 'key-pair near, 1'],
    ],
    [
      'by neither of two that are as near',
      [api(0, 1), app(0, 2), api(1, 3)],
      ['api-key whole, 1', 'api-key whole, 1', 'key-pair ambiguous_pair, 1'],
    ],
    [
      'by the only one of the file',
      [api(0, 1), app(0, 90), app(1, 200)],
      ['api-key whole, 1', 'key-pair file, 1', 'key-pair file, 1'],
    ],
    [
      'not by one of another place',
      [{ ...api(0, 1), file: 'b/.env' }, app(0, 2)],
      ['api-key whole, 1', 'key-pair incomplete, 1'],
    ],
    [
      'by several that agree',
      [algolia(0, 1, apps[0]), algolia(1, 2), algolia(2, 3, apps[0])],
      ['api-key near, 1', 'api-key whole, 1', 'api-key whole, 1'],
    ],
    [
      'not by several that do not, as near as one another',
      [algolia(0, 1, apps[0]), algolia(1, 2), algolia(2, 3, apps[1])],
      ['api-key ambiguous_pair, 1', 'api-key whole, 1', 'api-key whole, 1'],
    ],
  ])('is lent %s', async (_, plain, expected) => {
    expect(await inWords(...plain)).toEqual(expected)
    expect(await inWords(...plain.toReversed())).toEqual(expected)
  })

  it('makes nothing dead that is refused with it, and leaves the key that lent it as it is', async () => {
    const send: Send = async request => {
      const isApi = request.path.includes('/api/v1/validate')
      const json = isApi ? { valid: true } : { errors: ['Forbidden'] }
      const body = await parseBody(Buffer.from(JSON.stringify(json)), 'application/json', undefined)
      return { sentAt: new Date().toISOString(), reply: { status: isApi ? 200 : 403, headers: {}, ...body } }
    }
    const cases = await walked([api(0, 1), app(0, 2)], send, undefined, 'datadog')
    expect(cases.map(({ kind, verdict }) => [kind, verdict.state, verdict.reason])).toEqual([
      ['api-key', 'live', 'works'],
      ['key-pair', 'unknown', 'ambiguous_pair'],
    ])
  })

  it('is not what is another key’s own: a secret gets the tenant of the client beside it, and not its id', async () => {
    const whole = {
      AUTH0_DOMAIN: 'acme.eu.auth0.com',
      AUTH0_CLIENT_ID: madeUp('{alnum:32}', 'client'),
      AUTH0_CLIENT_SECRET: madeUp('{alnum:64}', 'secret'),
    }
    const alone = madeUp('{alnum:64}', 'other secret')
    expect(
      await inWords(
        { tool: 'json', parts: whole, provider: 'auth0', file: 'a/.env', line: 1 },
        { tool: 'gitguardian', rule: 'auth0_keys', parts: { client_secret: alone }, file: 'a/.env', line: 2 },
      ),
    ).toEqual(['client-secret incomplete, 1', 'client-secret whole, 1'])
  })
})
