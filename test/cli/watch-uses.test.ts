import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { openStore } from '../../src/composition/watching.ts'
import { startLoopback } from '../../src/demo/loopback.ts'
import { simulated } from './network.ts'
import { answer, auditId, auditSecret, living, seen } from './pull-world.ts'
import { run } from './run.ts'
import { folder } from './support.ts'
import { findings, leak, leakedId, leakedSecret, owner, ownerCalls, record, strangersCalls } from './trail-world.ts'

let home: string
let logs: string

beforeAll(async () => {
  const hosts = ['sts.us-east-1.amazonaws.com', 'ec2.us-east-1.amazonaws.com', 'iam.amazonaws.com']
  const trails = ['eu-west-1', 'us-east-1'].map(region => `cloudtrail.${region}.amazonaws.com`)
  simulated.network = await startLoopback([...hosts, ...trails], (request, response) => void answer(request, response))
})
afterAll(() => simulated.network?.close())
beforeEach(() => {
  home = folder()
  logs = join(home, 'logs')
  mkdirSync(logs)
  seen.length = 0
})

const environment = () => ({ XDG_STATE_HOME: home, AUDIT: auditSecret, ID: leakedId, SECRET: leakedSecret })
const afterleak = async (...args: string[]) => run(args, { environment: environment() })
const parts = ['--part', 'key_id=env:ID', '--part', 'secret=env:SECRET']
const add = () =>
  afterleak('watch', 'add', '--provider', 'aws', ...parts, '--label', 'deploy', '--leaked-at', leak.toISOString())
const cycle = (...more: string[]) => afterleak('watch', 'run', '--once', ...more)
const lines = (records: readonly object[]): string => records.map(each => `${JSON.stringify(each)}\n`).join('')

/** What is kept of the uses of all keys. */
async function kept(): Promise<readonly { readonly action: string; readonly id: string }[]> {
  const store = await openStore(join(home, 'afterleak'))
  const rows = store.all('SELECT event FROM uses ORDER BY at, id').map(({ event }) => JSON.parse(String(event)))
  store.close()
  return rows
}

describe('afterleak watch run --logs', () => {
  it('holds new lines against what was read before, and tells of a stranger although the key is not due', async () => {
    const trail = join(logs, 'trail.jsonl')
    writeFileSync(trail, lines(ownerCalls()))
    await add()
    expect((await cycle('--logs', logs)).out).toMatch(/^! deploy .* works\n/)
    expect(await kept()).toHaveLength(90)
    const asked = seen.length
    expect((await cycle('--logs', logs)).out).toBe('')
    appendFileSync(trail, lines(strangersCalls()))
    const { out, code } = await cycle('--logs', logs)
    expect([code, seen.length]).toEqual([1, asked])
    expect(out).toContain('deploy (AWS')
    expect(out).toMatch(/seems to be misused \(chance of misuse 9\d %\)/)
    // Its owner's month is known, though none of its lines was read again.
    expect(out).toMatch(/never used by this key/)
    expect((await cycle('--logs', logs)).out).toBe('')
    // The uses of the key that the stranger made are its own.
    expect((await kept()).map(({ action }) => action)).toContain('GetAccountSummary')
  }, 60_000)

  it('knows that nobody uses an old key any more by logs in which only the new one stands', async () => {
    const env = { ...environment(), NEXT: madeUp('AKIA{aws-account:210987654321}', 'next') }
    living.add(env.NEXT)
    const watch = async (...args: string[]) => run(['watch', ...args], { environment: env })
    const reads = ['run', '--once', '--logs', logs]
    const trail = join(logs, 'trail.jsonl')
    const at = (minutes: number): number => Date.now() + minutes * 60_000
    const call = (key: string, minutes: number, who = owner) =>
      record({ at: at(minutes), action: 's3:ListBuckets', key, ...who })
    // One of its users worked before the leak only, as a job of the night does.
    const nightly = { ip: '198.51.100.99', userAgent: 'rclone/v1.60' }
    writeFileSync(trail, lines([call(leakedId, -300, nightly), call(leakedId, -240), call(env.NEXT, -100)]))
    const leaked = new Date(at(-250)).toISOString()
    await watch('add', '--provider', 'aws', ...parts, '--label', 'old', '--leaked-at', leaked)
    await watch('add', '--provider', 'aws', '--part', 'key_id=env:NEXT', ...parts.slice(2), '--label', 'new')
    await watch('rotate', 'old', 'new', '--deadline', '12h', '--cut-over', '2h')
    await watch(...reads)
    const told = async () => (await watch('show', 'old')).out.replaceAll(/\s+/g, ' ')
    expect(await told()).toMatch(
      /safe to revoke: unknown — the logs end at .* 198\.51\.100\.99 .* was not seen on the new one yet/,
    )
    appendFileSync(trail, lines([call(env.NEXT, -2, nightly), call(env.NEXT, -1)]))
    expect((await watch(...reads)).error).toContain('0 asked')
    expect(await told()).toMatch(/safe to revoke: yes — nobody used it from/)
  }, 60_000)

  it('misses nothing when a log is rotated, and counts nothing twice', async () => {
    const trail = join(logs, 'trail.jsonl')
    const calls = ownerCalls(4)
    writeFileSync(trail, lines(calls.slice(0, 3)))
    await add()
    await cycle('--logs', logs)
    appendFileSync(trail, lines(calls.slice(3, 6)))
    renameSync(trail, `${trail}.1`)
    writeFileSync(trail, lines(calls.slice(6, 9)))
    await cycle('--logs', logs)
    writeFileSync(`${trail}.2.gz`, gzipSync(readFileSync(`${trail}.1`)))
    appendFileSync(trail, lines(calls.slice(9)))
    await cycle('--logs', logs)
    const ids = (await kept()).map(({ id }) => id)
    expect([ids.length, new Set(ids).size]).toEqual([12, 12])
  }, 60_000)

  it('reads for a key that is added later what was read before, and for one that is only looked up too', async () => {
    writeFileSync(join(logs, 'trail.jsonl'), lines([...ownerCalls(), ...strangersCalls()]))
    await afterleak('watch', 'add', '--provider', 'aws', '--part', 'key_id=env:OTHER', ...parts.slice(2))
    await run(['watch', 'add', '--provider', 'stripe', '--part', 'key=env:NONE'], {
      environment: { ...environment(), NONE: `sk_live_${'0aB'.repeat(8)}` },
    })
    await cycle('--logs', logs)
    expect(await kept()).toEqual([])
    expect((await afterleak('watch', 'add', findings())).out).toContain('value not kept')
    const { out } = await cycle('--logs', logs)
    expect(out).toMatch(/seems to be misused/)
    expect((await kept()).length).toBe(99)
  }, 60_000)

  it('knows in the first cycle already whose a key is, where its provider says so when it is asked', async () => {
    const user = 'arn:aws:iam::210987654321:user/deploy'
    const entry = { at: '2026-11-20T10:00:00Z', user, did: 'deploy', from: owner.ip }
    writeFileSync(join(logs, 'own.jsonl'), `${JSON.stringify(entry)}\n`)
    const map = join(home, 'map.yaml')
    writeFileSync(map, 'source: own\nfields: { time: at, principal: user, action: did, ip: from }\n')
    await add()
    const { error } = await cycle('--logs', logs, '--log-map', map)
    expect(error).toMatch(/1 asked, .* 1 new use in logs/)
    expect(await kept()).toMatchObject([{ action: 'deploy' }])
  }, 60_000)

  it('finds a key by a user’s name and a map of fields, and reads all anew when these change', async () => {
    const entry = (user: string, at: string): string =>
      `${JSON.stringify({ who: user, when: at, did: 'deploy', from: owner.ip })}\n`
    writeFileSync(
      join(logs, 'own.jsonl'),
      entry('alice', '2026-11-20T10:00:00Z') + entry('bob', '2026-11-20T10:01:00Z'),
    )
    const map = join(home, 'map.yaml')
    writeFileSync(map, 'source: own\nfields: { time: when, principal: who, action: did, ip: from }\n')
    await add()
    await cycle('--logs', logs, '--log-map', map)
    expect(await kept()).toEqual([])
    await cycle('--logs', logs, '--log-map', map, '--principal', 'aws=alice')
    expect(await kept()).toMatchObject([{ action: 'deploy', actor: 'alice' }])
    expect(await cycle('--logs', join(home, 'none'))).toMatchObject({ code: 2 })
    expect(await cycle('--logs', '-')).toMatchObject({ code: 2, error: expect.stringContaining('--logs -') })
  }, 60_000)
})

describe('afterleak watch run --pull', () => {
  const admin = ['--pull', '--admin', `aws.key_id=${auditId}`, '--admin', 'aws.secret=env:AUDIT']
  const since = () =>
    seen
      .filter(({ host }) => host.startsWith('cloudtrail.eu-west'))
      .map(({ body }) => Number(JSON.parse(body).StartTime) * 1000)

  it('asks for what is new, less the time by which events may come late', async () => {
    await add()
    const first = await cycle(...admin)
    expect(first.out).toContain('seems to be misused')
    expect(Date.now() - Math.min(...since())).toBeGreaterThan(80 * 86_400_000)
    expect((await kept()).length).toBeGreaterThan(90)
    seen.length = 0
    const store = await openStore(join(home, 'afterleak'))
    store.run('UPDATE watched SET next_at = 0')
    store.close()
    const before = (await kept()).length
    expect((await cycle(...admin)).out).toBe('')
    expect((await kept()).length).toBe(before)
    const ago = Date.now() - Math.min(...since())
    expect(since().length).toBeGreaterThan(0)
    expect(ago).toBeGreaterThan(3_600_000 - 1000)
    expect(ago).toBeLessThan(2 * 3_600_000)
  }, 60_000)
})
