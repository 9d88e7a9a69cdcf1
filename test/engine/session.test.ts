import { describe, expect, it } from 'vitest'
import { withoutTokens } from '../../src/engine/auth/session.ts'
import type { Reply } from '../../src/model/request.ts'

describe('what a sign-in hands out', () => {
  const token = ['{"alg":"none"}', '{"sub":"a","scope":"b"}', 'signature'].map(text =>
    Buffer.from(text).toString('base64url'),
  )
  const jwt = token.join('.')
  const answer = (body: unknown, kind: Reply['kind'] = 'json'): Reply => ({
    status: 200,
    headers: { 'set-cookie': 'session=opensesame', 'x-request-id': 'r' },
    kind,
    body,
  })

  it('leaves nothing but the claims of a token, or that there was one', () => {
    const { body, headers } = withoutTokens(
      answer({ access_token: jwt, refresh_token: 'opensesame', expires_in: 60, data: [{ token: 'opensesame' }] }),
      ['access_token', 'refresh_token', 'data.0.token', 'not.there'],
    )
    expect(body).toEqual({
      access_token: { sub: 'a', scope: 'b' },
      refresh_token: true,
      expires_in: 60,
      data: [{ token: true }],
    })
    expect(headers).toEqual({ 'x-request-id': 'r' })
  })

  it.each([
    ['text that is all token', 'text', 'opensesame', ['']],
    ['a token within an object', 'json', { a: { b: { c: 'opensesame' } } }, ['a.b']],
    ['a token that is a list', 'json', { a: ['opensesame'] }, ['a']],
    ['a token that is not JSON inside', 'json', { a: 'x.b3BlbnNlc2FtZQ.opensesame' }, ['a']],
  ] as const)('drops %s', (_, kind, body, drops) => {
    expect(JSON.stringify(withoutTokens(answer(body, kind), drops))).not.toContain('opensesame')
  })

  it('is taken out of every other place of the answer, too', () => {
    const whole = { ...answer({ access_token: jwt, message: `you got ${jwt}`, deep: [{ note: token[2] }] }) }
    const { body, headers } = withoutTokens({ ...whole, headers: { 'x-request-id': `r ${jwt}` } }, ['access_token'])
    for (const piece of [token[0], token[2]].filter(each => each !== undefined && each.length >= 16))
      expect(JSON.stringify([body, headers])).not.toContain(piece)
    expect(body).toMatchObject({ access_token: { sub: 'a' } })
  })

  it('lets an empty place stay empty, so that nobody takes it for a token', () => {
    expect(withoutTokens(answer({ a: '', b: null }), ['a', 'b', 'c']).body).toEqual({ a: '', b: null })
  })

  it('changes no answer to anything but a sign-in', () => {
    const reply = answer({ access_token: jwt })
    expect(withoutTokens(reply, undefined)).toBe(reply)
  })
})
