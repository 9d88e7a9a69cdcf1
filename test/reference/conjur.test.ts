import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { type Asked, readFrom, type Said } from './stores.ts'

const host = 'conjur.example.com'
const key = madeUp('{alnum:52}', 'conjur key')
const value = `${madeUp('sk_live_{alnum:34}', 'conjur value')}\n`
const signed = { protected: 'eyJhbGciOiJ0ZXN0In0=', payload: madeUp('{alnum:40}', 'payload'), signature: 'c2ln' }
const header = `Token token="${Buffer.from(JSON.stringify(signed)).toString('base64')}"`
const variable = 'myorg:variable:prod/stripe/key'
const environment = {
  CONJUR_APPLIANCE_URL: `https://${host}/api`,
  CONJUR_AUTHN_LOGIN: 'host/ci/runner',
  CONJUR_AUTHN_API_KEY: key,
}

/** A Conjur with one variable, as its API pages say. */
function conjur({ method, path, headers, body }: Asked): Said {
  if (method === 'POST' && path === '/api/authn/myorg/host%2Fci%2Frunner/authenticate')
    return body === key ? { status: 200, text: JSON.stringify(signed) } : { status: 401 }
  if (headers.authorization !== header) return { status: 401 }
  if (path === `/api/secrets?variable_ids=${encodeURIComponent(variable)}`)
    return { status: 200, json: { [variable]: value } }
  return { status: 404, json: { error: { code: 'not_found' } } }
}

describe('a reference to Conjur', () => {
  it('signs in once and reads variables to the last character', async () => {
    const read = [`conjur:${variable}`, 'conjur:myorg:variable:none']
    const { values, asked, ledger } = await readFrom(host, conjur, environment, read)
    expect(values[0]).toBe(value)
    expect(values[1]).toMatch(/answered 404: there is no such variable, it has no value yet/)
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1)
    for (const secret of [key, signed.payload, value.trim(), header]) expect(ledger).not.toContain(secret)
    expect(ledger.match(/"channel":"reference"/g)).toHaveLength(3)
  })

  it('takes a token that another program keeps fresh', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'afterleak-conjur-')), 'token')
    writeFileSync(file, JSON.stringify(signed), { mode: 0o600 })
    const own = { CONJUR_APPLIANCE_URL: `https://${host}/api`, CONJUR_AUTHN_TOKEN_FILE: file }
    const { values, asked } = await readFrom(host, conjur, own, [`conjur:${variable}`])
    expect(values).toEqual([value])
    expect(asked).toHaveLength(1)
  })

  it('says that the API key is wrong, and reads nothing', async () => {
    const own = { ...environment, CONJUR_AUTHN_API_KEY: 'another key' }
    const { values, asked } = await readFrom(host, conjur, own, [`conjur:${variable}`])
    expect(values[0]).toMatch(/answered 401: login, API key or token is wrong or has expired/)
    expect(asked).toHaveLength(1)
  })

  it.each([
    [401, /has expired/],
    [403, /no execute permission/],
    [406, /the value is binary/],
    [422, /not well formed/],
    [418, /not how Conjur answers/],
  ])('says what %i means', async (status, says) => {
    const answer = (asked: Asked): Said => (asked.method === 'POST' ? conjur(asked) : { status, json: {} })
    expect((await readFrom(host, answer, environment, [`conjur:${variable}`])).values[0]).toMatch(says)
  })

  it.each<[string, Readonly<Record<string, string>>, string, RegExp]>([
    ['no sign-in', { CONJUR_APPLIANCE_URL: `https://${host}` }, variable, /nothing to sign in with/],
    ['no address', {}, variable, /CONJUR_APPLIANCE_URL is not set/],
    ['what is no variable', environment, 'myorg:host:ci', /write it as conjur:ACCOUNT:variable:ID/],
    ['two variables', environment, `${variable},myorg:variable:b`, /write it as/],
  ])('sends nothing with %s', async (_, own, rest, says) => {
    const { values, asked } = await readFrom(host, conjur, own, [`conjur:${rest}`])
    expect(values[0]).toMatch(says)
    expect(asked).toEqual([])
  })
})
