import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startLoopback } from '../../src/demo/loopback.ts'
import { made } from '../identify/support.ts'
import { answering, simulated } from './network.ts'
import { report, run } from './run.ts'
import { file, folder } from './support.ts'

const minute = 60_000
const keys = { old: made('an old key').stripe, new: made('a new key').stripe }
/** The keys that the simulated Stripe knows. */
const living = new Set<string>()
let home: string
let asked = 0

beforeAll(async () => {
  simulated.network = await startLoopback(
    ['api.stripe.com'],
    answering(({ authorization }) => {
      asked += 1
      return living.has(authorization.replace('Bearer ', ''))
        ? { status: 200, json: { object: 'account', id: 'acct_1', country: 'IE' } }
        : {
            status: 401,
            json: { error: { type: 'invalid_request_error', message: 'Invalid API Key provided: sk_live_****' } },
          }
    }),
  )
})
afterAll(() => simulated.network?.close())
beforeEach(() => {
  home = folder()
  living.clear()
  living.add(keys.old).add(keys.new)
  asked = 0
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-24T09:00:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

const afterleak = async (...args: string[]) =>
  run(args, {
    environment: { XDG_STATE_HOME: home, OLD: keys.old, NEW: keys.new, KEEP: 'k'.repeat(40), OTHER: 'o'.repeat(40) },
  })
const add = (name: 'old' | 'new') =>
  afterleak('watch', 'add', '--provider', 'stripe', '--part', `key=env:${name.toUpperCase()}`, '--label', name)
const keeping = ['--keep', 'encrypted', '--keep-key', 'env:KEEP']
/** Time goes by, then a cycle. */
const later = async (minutes: number, ...more: string[]) => {
  vi.setSystemTime(Date.now() + minutes * minute)
  return afterleak('watch', 'run', '--once', ...more)
}

describe('afterleak watch', () => {
  it('sends nothing when keys are added, and asks about each when it is due', async () => {
    expect(await add('old')).toMatchObject({ code: 0, out: expect.stringContaining('read anew by its reference') })
    expect((await add('old')).out).toMatch(/^already watched/)
    expect(asked).toBe(0)
    const { out, code } = await later(0)
    expect([asked, code]).toEqual([1, 0])
    expect(out).toMatch(/^! old \(Stripe sk_live_….{4}\) works\n/)
    expect(await later(1)).toMatchObject({ out: '', error: expect.stringContaining('Nothing is due') })
    expect(asked).toBe(1)
  })

  it('tells of a death after two answers minutes apart, once, and of a return at once', async () => {
    await add('old')
    await later(0)
    living.delete(keys.old)
    expect((await later(20)).out).toBe('')
    const { out: listed } = await afterleak('watch', 'list')
    expect(listed.replaceAll(/\s+/g, ' ')).toContain('refused since 2026-11-24 09:20Z: to be confirmed')
    const { out } = await later(5)
    expect(out).toContain('old (Stripe')
    expect(out).toContain('is dead\n    Refused since 2026-11-24 09:20Z; it last worked at 2026-11-24 09:00Z.')
    expect((await later(3 * 24 * 60)).out).toBe('')
    living.add(keys.old)
    const back = await later(8 * 24 * 60)
    expect([back.code, back.out]).toEqual([1, expect.stringContaining('works again')])
  })

  it('raises the alarm when the old key outlives its deadline, and says when the rotation is done', async () => {
    await add('old')
    await add('new')
    await later(0)
    const { out } = await afterleak('watch', 'rotate', 'old', 'new', '--deadline', '2h')
    expect(out).toContain('safe to revoke: unknown — no log shows who used the old key since the cut-over')
    expect((await later(60)).out).toBe('')
    const late = await later(60)
    expect([late.code, late.out]).toEqual([1, expect.stringContaining('should be dead, and works')])
    living.delete(keys.old)
    expect((await later(70)).out).toBe('')
    expect((await later(10)).out).toContain('the rotation is done')
    expect((await afterleak('watch', 'show', 'old')).out).toContain('safe to revoke: yes — it is dead; done')
  })

  it('says that a rotation ends when one of its keys is watched no longer', async () => {
    await add('old')
    await add('new')
    await afterleak('watch', 'rotate', 'old', 'new', '--deadline', '2h')
    expect((await afterleak('watch', 'pause', 'new')).error).toContain('is an alarm all the same')
    expect((await afterleak('watch', 'remove', 'new')).error).toContain('Its rotation ends with it')
  })

  it('keeps no value unless it is told to, and then only encrypted', async () => {
    const findings = report(keys.old)
    expect((await afterleak('watch', 'add', findings)).out).toContain('value not kept')
    await afterleak('watch', 'remove', keys.old.slice(-4))
    const kept = await afterleak('watch', 'add', findings, '--keep', 'encrypted', '--keep-key', 'env:KEEP')
    expect(kept.out).toContain('kept encrypted')
    expect((await later(0, '--keep-key', 'env:OTHER')).out).toBe('')
    expect(asked).toBe(0)
    const shown = (await afterleak('watch', 'show', keys.old.slice(-4))).out
    expect(shown.replaceAll(/\s+/g, ' ')).toContain('under another key than --keep-key')
    expect((await later(30, '--keep-key', 'env:KEEP')).out).toContain('works')
    for (const name of filesIn(home)) expect(readFileSync(name, 'latin1')).not.toContain(keys.old.slice(8))
    expect((statSync(join(home, 'afterleak', 'watch.db')).mode & 0o777).toString(8)).toBe('600')
    expect((await afterleak('store', 'export')).out).not.toContain('sealed:')
  })

  it('wants a key that nobody can guess', async () => {
    const short = file('short', 'too-short-a-key')
    const args = ['watch', 'add', report(keys.old), '--keep', 'encrypted']
    expect(await afterleak(...args)).toMatchObject({ code: 2, error: expect.stringContaining('--keep-key env:NAME') })
    expect(await afterleak(...args, '--keep-key', `file:${short}`)).toMatchObject({
      code: 2,
      error: expect.stringContaining('it has 15 characters, and needs 32'),
    })
  })

  it('takes over what a report says, and its keys by look-up only', async () => {
    const out = join(folder(), 'run.json')
    await afterleak('check', report(keys.old), '--to', 'json', '--out', out)
    asked = 0
    expect((await afterleak('watch', 'add', out)).out).toContain('value not kept')
    expect((await afterleak('watch', 'list')).out).toContain('live/works since 2026-11-24 09:00Z')
    expect((await later(0)).out).toBe('')
    expect(asked).toBe(0)
  })

  it('does not ask with another key that its reference holds now', async () => {
    await add('old')
    await later(0)
    const other = await run(['watch', 'run', '--once'], { environment: { XDG_STATE_HOME: home, OLD: keys.new } })
    vi.setSystemTime(Date.now() + 20 * minute)
    const again = await run(['watch', 'run', '--once'], { environment: { XDG_STATE_HOME: home, OLD: keys.new } })
    expect([other.out, again.out, asked]).toEqual(['', '', 1])
    expect((await afterleak('watch', 'show', 'old')).out).toContain('Its reference holds another key now')
  })

  it('takes an empty word for no key, and a label before the beginning of an id', async () => {
    await add('old')
    expect(await afterleak('watch', 'remove', '')).toMatchObject({ code: 2 })
    await afterleak('watch', 'add', '--provider', 'stripe', '--part', 'key=env:NEW', '--label', 'stripe')
    expect((await afterleak('watch', 'pause', 'stripe')).out).toMatch(/^paused: stripe \(/)
  })

  it('says how a key that is watched already is really kept', async () => {
    await afterleak('watch', 'add', report(keys.old))
    const { out } = await add('old')
    expect(out).toMatch(/^already watched: .*\n {2}value not kept, and no list tells of it/)
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(
      /To keep it otherwise: afterleak watch remove stripe-\w+, then add it again\./,
    )
  })

  it('takes a report and findings together: what stood in one, and the value of the other', async () => {
    const out = join(folder(), 'run.json')
    await afterleak('check', report(keys.old), '--to', 'json', '--out', out)
    const added = await afterleak('watch', 'add', out, report(keys.old, keys.new), ...keeping)
    expect(added.out.match(/^watched: .*\n {2}value kept encrypted/gm)).toHaveLength(2)
    const { out: listed } = await afterleak('watch', 'list')
    expect(listed).toContain('live/works since 2026-11-24 09:00Z\n')
    expect(listed).toContain('not asked yet\n')
    expect((await later(0, '--keep-key', 'env:KEEP')).out).toMatch(/^! Stripe .* works\n/)
  })

  it('says of a key of a report that its value can not be kept', async () => {
    const out = join(folder(), 'run.json')
    await afterleak('check', report(keys.old), '--to', 'json', '--out', out)
    const kept = await afterleak('watch', 'add', out, ...keeping)
    expect([kept.code, kept.out]).toEqual([
      3,
      expect.stringMatching(/^not watched: .*A saved report does not hold the key/),
    ])
  })

  it('takes no deadline that has passed, nor a form or a pause that there is not', async () => {
    await add('old')
    await add('new')
    const late = await afterleak('watch', 'rotate', 'old', 'new', '--deadline', '2026-11-24')
    expect(late).toMatchObject({ code: 2, error: expect.stringContaining('that was 9 h ago') })
    for (const wrong of [
      ['--jitter', 'a while'],
      ['--jitter', '-1'],
      ['--to', 'xml'],
      ['--zone', 'UTC'],
    ])
      expect((await afterleak('watch', 'run', '--once', ...wrong)).code).toBe(2)
    expect((await afterleak('watch', 'list', '--to', 'xml')).code).toBe(2)
  })

  it('asks about a key once, however many processes run at the same moment', async () => {
    await add('old')
    await add('new')
    const runs = await Promise.all([later(0), later(0), later(0)])
    expect(asked).toBe(2)
    expect(
      runs
        .map(({ out }) => out)
        .join('')
        .match(/ works\n/g),
    ).toHaveLength(2)
    expect(runs.filter(({ error }) => error.includes('Another afterleak watch run'))).toHaveLength(2)
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0])
  })

  it('says what is wrong with a cron expression before anything is asked', async () => {
    expect(await afterleak('watch', 'run', '--cron', 'now and then')).toMatchObject({
      code: 2,
      error: expect.stringContaining('Write it as cron does'),
    })
    expect(await afterleak('watch', 'run', '--cron', '* * * * *', '--zone', 'Middle/Earth')).toMatchObject({ code: 2 })
  })
})

function filesIn(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map(name => join(path, name))
    .filter(name => statSync(name).isFile())
}
