import { describe, expect, it } from 'vitest'
import type { Admin } from '../../src/model/reading.ts'
import { Secret } from '../../src/model/secret.ts'
import { reading } from '../../src/plan/reading.ts'
import { credentialOf, providers } from './support.ts'

const databases = providers.flatMap(provider => {
  const spec = provider.usage?.['connections']
  return spec === undefined ? [] : [{ id: provider.id, provider, spec }]
})

describe.each(databases)('who is connected at $id', ({ id, provider, spec }) => {
  const [kind = ''] = Object.keys(provider.kinds)
  const key = { ...credentialOf(provider, kind), facts: { user: 'app', host: 'db.example.com' } }
  const asked = (host?: string, mayTouch = true) => {
    const parts: Admin['parts'] = {
      admin_user: { public: true, text: 'auditor' },
      admin_password: { public: false, secret: new Secret('of the auditor') },
      ...(host !== undefined && { admin_host: { public: true, text: host } }),
    }
    const admin = { provider: id, parts }
    const no = { state: 'unavailable', why: 'not to be touched' } as const
    const make = reading(
      provider,
      { use: 'usage', name: 'connections', spec },
      { credential: key, admin, mayTouch: mayTouch || no },
    )
    return make(spec, key.facts)
  }

  it('is asked of the host that the administrator named, once a day, whether the key may be touched or not', () => {
    for (const mayTouch of [true, false])
      expect(asked('db.example.com', mayTouch).request).toMatchObject({
        method: 'LOGIN',
        origin: expect.stringMatching(/^[a-z]+:\/\/db\.example\.com:\d+$/),
        effect: 'session',
        once: '{admin_user}',
      })
  })

  it.each([['other.example.com'], ['example.com'], ['db.example.com:1']])(
    'is not asked where the finding names another host than %s',
    host => {
      expect(asked(host)).toEqual({
        stop: { state: 'unavailable', why: `not asked: --admin ${id}.host is not the host of this key` },
      })
    },
  )

  it('is not asked of a host that only the finding names', () => {
    expect(asked().stop?.why).toBe(`not asked: give --admin ${id}.host=…`)
  })
})
