import { describe, expect, it } from 'vitest'
import type { LedgerLine } from '../../src/ledger/read.ts'
import { Footsteps } from '../../src/usage/footsteps.ts'
import { gather, input, keyId, keys, trail } from './support.ts'

const key = keyId('ours')
const time = '2026-11-01T10:00:00Z'
const agent = (run: string) => `afterleak/0.1.0 (run ${run})`

async function* ledger(run: string, lines: readonly Partial<LedgerLine>[]): AsyncGenerator<LedgerLine> {
  yield { type: 'run', run }
  for (const line of lines) yield { type: 'sent', ...line }
}

const call = {
  n: 1,
  at: '2026-11-01T10:00:01Z',
  method: 'GET',
  request: 'caller_identity',
  path: '/?Action=GetCallerIdentity&Version=2011-06-15',
}

function identity(more: object = {}): Record<string, unknown> {
  return trail(key, {
    eventSource: 'sts.amazonaws.com',
    eventName: 'GetCallerIdentity',
    userAgent: agent('r1'),
    ...more,
  })
}

async function ours(records: readonly object[], lines: readonly Partial<LedgerLine>[]): Promise<readonly boolean[]> {
  const footsteps = new Footsteps()
  await footsteps.take(ledger('r1', lines))
  const text = records.map(each => JSON.stringify(each)).join('\n')
  const usage = await gather([input(text)], [keys('c', { ids: [key] })], { footsteps })
  return [...usage.history('c')].map(event => event.ours === true)
}

describe('our own footsteps', () => {
  it('are known by the provider’s id of the request', async () => {
    const answered = { type: 'answered', n: 1, at: time, requestId: 'R7' } as const
    expect(await ours([identity({ requestID: 'R7', userAgent: 'whatever' })], [call, answered])).toEqual([true])
  })

  it('are known by run, time and operation, where no answer told an id', async () => {
    expect(await ours([identity()], [call])).toEqual([true])
  })

  it.each([
    ['the run is unknown', { userAgent: agent('r2') }],
    ['nobody says who it was', { userAgent: 'aws-cli' }],
    ['it was another operation', { eventName: 'ListBuckets', eventSource: 's3.amazonaws.com' }],
    ['it was six minutes later', { eventTime: '2026-11-01T10:06:30Z' }],
  ])('are not seen where %s', async (_why, more) => {
    expect(await ours([identity(more)], [call])).toEqual([false])
  })

  it('are not seen where the log has another id of the request than the ledger', async () => {
    const answered = { type: 'answered', n: 1, at: time, requestId: 'R7' } as const
    expect(await ours([identity({ requestID: 'R8' })], [call, answered])).toEqual([false])
  })

  it('hide nobody: one line of the ledger accounts for one event', async () => {
    const copies = [1, 2, 3].map(i => identity({ eventID: `e${i}`, requestID: `R${i}` }))
    expect((await ours(copies, [call])).filter(Boolean)).toHaveLength(1)
  })

  it('are known by the path where a log has that', async () => {
    const footsteps = new Footsteps()
    await footsteps.take(ledger('r1', [{ ...call, path: '/user/{id}?limit=1', request: 'user' }]))
    const event = (target: string) =>
      JSON.stringify({
        '@timestamp': Date.parse(time),
        action: 'api.request',
        actor: 'o',
        org: 'x',
        hashed_token: 'h',
        user_agent: agent('r1'),
        request_method: 'GET',
        url_path: target,
      })
    const wanted = [keys('c', { provider: 'github', hashes: ['h'] })]
    expect((await gather([input(event('/user/7'))], wanted, { footsteps })).history('c').ours).toBe(1)
    expect((await gather([input(event('/user/7/keys'))], wanted, { footsteps })).history('c').ours).toBe(0)
  })

  it('are looked for only in ledgers of their time, or of the run that they name', async () => {
    const at = Date.parse(time)
    const hour = 3_600_000
    const shelf = [
      ['r1', at - 1000, at + 2000],
      ['before', at - 30 * hour, at - 29 * hour],
      ['after', at + 2 * hour, at + 3 * hour],
      ['named', at - 900 * hour, at - 899 * hour],
      ['years', at - 20_000 * hour, at + 20_000 * hour],
    ] as const
    async function opened(records: readonly object[]): Promise<readonly (string | number)[]> {
      const footsteps = new Footsteps()
      const read: string[] = []
      for (const [run, from, to] of shelf)
        footsteps.shelve({
          run,
          from,
          to,
          lines: () => {
            read.push(run)
            return ledger(run, [call])
          },
        })
      const text = records.map(each => JSON.stringify(each)).join('\n')
      const usage = await gather([input(text)], [keys('c', { ids: [key] })], { footsteps })
      return [...read.toSorted(), usage.history('c').ours]
    }
    expect(await opened([identity(), identity({ eventID: 'e2' })])).toEqual(['r1', 'years', 1])
    expect(await opened([identity({ userAgent: agent('named') })])).toEqual(['named', 'r1', 'years', 1])
    expect(await opened([trail(keyId('nobody we ask for'))])).toEqual([0])
  })
})
