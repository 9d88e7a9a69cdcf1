import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SafeRequest } from '../../src/model/request.ts'
import { Secret } from '../../src/model/secret.ts'
import { done, limit, planned, reply, settles, simulate } from './support.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const apart = limit({ apart: { part: 'id', seconds: 6 }, at_once: 1 })

function request(id: string, credential: string, origin = 'https://one.test'): SafeRequest {
  const parts = {
    id: { public: true, text: id },
    key: { public: false, secret: new Secret(`${credential}-of-some-length`) },
  } as const
  return planned({ credential, origin, parts, limit: apart })
}

/** When each call left, in seconds, with the credential that it was for. */
async function calls(requests: readonly SafeRequest[], takes = 0): Promise<readonly string[]> {
  const answer = reply(403)
  const { send, calls: made, ledger } = simulate(() => (takes === 0 ? answer : { after: takes, reply: answer }))
  await done(Promise.all(requests.map(one => send(one, settles))))
  const sent = ledger.lines.flatMap(line => /^sent (\S+)/.exec(line)?.[1] ?? [])
  return made.map(({ at }, index) => `${sent[index]} ${at / 1000}`)
}

describe('requests that share a part', () => {
  it('are kept apart, from the end of one to the start of the next', async () => {
    expect(await calls([request('a', 'a1'), request('a', 'a2'), request('a', 'a3')], 500)).toEqual([
      'a1 0',
      'a2 6.5',
      'a3 13',
    ])
  })

  it('are kept apart where the very same is asked again', async () => {
    expect(await calls([request('a', 'a1'), request('a', 'a1')])).toEqual(['a1 0', 'a1 6'])
  })

  it('hold no place at the host while they wait', async () => {
    const order = [request('a', 'a1'), request('a', 'a2'), request('b', 'b1'), request('c', 'c1')]
    expect((await calls(order)).map(call => call.replace(/\.\d+$/, ''))).toEqual(['a1 0', 'b1 0', 'c1 0', 'a2 6'])
  })

  it('do not wait for one another at different hosts', async () => {
    const hosts = ['https://one.test', 'https://two.test', 'https://three.test']
    expect(await calls(hosts.map(host => request('a', 'a1', host)))).toEqual(['a1 0', 'a1 0', 'a1 0'])
  })

  it('wait for nothing where the provider does not ask for it', async () => {
    const { send, calls: made } = simulate(() => reply(401))
    const two = ['a1', 'a2'].map(credential => planned({ credential, parts: request('a', credential).parts }))
    await done(Promise.all(two.map(one => send(one, settles))))
    expect(made.every(({ at }) => at < 10)).toBe(true)
  })

  it('are told that the run was stopped while they wait', async () => {
    const stop = new AbortController()
    const { send, calls: made } = simulate(() => reply(403), { signal: stop.signal })
    const [, second] = [send(request('a', 'a1'), settles), send(request('a', 'a2'), settles)]
    setTimeout(() => stop.abort(), 3000)
    expect(await done(second)).toMatchObject({ none: { reason: 'cancelled' } })
    expect(made).toHaveLength(1)
  })
})
