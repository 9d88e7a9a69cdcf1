import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { version } from '../../src/version.ts'
import { run } from './run.ts'
import { file, folder } from './support.ts'
import {
  asked,
  childId,
  findings,
  investigated,
  leak,
  leakedId,
  leakedSecret,
  owner,
  ownerCalls,
  record,
  stranger,
  strangersCalls,
  stripe,
  trail,
  withProviders,
} from './trail-world.ts'

withProviders()

const whole = trail(...ownerCalls(), ...strangersCalls())
const exposed = ['--exposure', 'public']

describe('a key that leaked and was used by a stranger', () => {
  it('is live, likely misused since minutes after the leak, and first in the order of work', async () => {
    const { code, report } = await investigated([
      findings([stripe, leakedId, leakedSecret]),
      '--logs',
      whole,
      ...exposed,
    ])
    expect(code).toBe(1)
    const [first, second] = report.cases
    expect(first).toMatchObject({
      provider: 'aws',
      verdict: { state: 'live' },
      misuse: { level: 'likely', firstAt: new Date(leak.getTime() + 6 * 60_000).toISOString(), children: [childId] },
      priority: { decision: 'act_now', how: 'revoke_now', exposure: { value: 'open' } },
    })
    expect(first.priority.breaks).toMatchObject([{ network: owner.ip }])
    expect(first.misuse.before.sessions).toBeGreaterThan(20)
    expect(first.misuse.sessions.filter(({ ip }: { ip: string }) => ip === owner.ip)).toMatchObject([
      { p: expect.closeTo(0.06, 1) },
    ])
    expect(second).toMatchObject({ provider: 'stripe', misuse: { level: 'no_log', p: expect.any(Number) } })
  })

  it('is told in eighty columns: what to do, why, what breaks, and what was not seen', async () => {
    const config = file(
      'afterleak.yaml',
      `own: { networks: [198.51.100.0/24] }\nexposure: [{ match: { file: 'shop/*' }, is: public }]\n`,
    )
    const { out } = await run(['investigate', findings(), '--logs', whole, '--config', config])
    expect(out.split('\n').filter(line => line.length > 80)).toEqual([])
    const text = out.replaceAll(/\s+/g, ' ')
    expect(text).toMatch(/^ACT NOW 1 due \d{4}-\d\d-\d\d \d\d:\d\d UTC \(1 h\) 1 AWS AKIA/)
    expect(text).toMatch(/Live\. Public since .* \(chance of misuse 9\d %\) since .*, 6 min after the leak\./)
    expect(text).toContain(`from ${stranger.ip} by boto3`)
    expect(text).toMatch(/operation iam:PutUserPolicy: .*never used by this key.* \(T1098\.003\)/)
    expect(text).toContain('Revoke it now: 1 client of your own will break (198.51.100.0/24 terraform and its like).')
    expect(text).toContain(`Keys made by it, which must go too: ${childId}.`)
    expect(text).toMatch(/By (?:the rule|SSVC deployer 1\.0\.0, row \d+).*exploitation active, exposure open/)
    expect(text).toContain('Not seen: cloudtrail: management events only')
    expect(text).toMatch(/Next: afterleak explain aws-/)
  })

  it('is analysed where nothing may be touched, and nothing is sent', async () => {
    const before = asked.length
    const { code, report } = await investigated([findings(), '--logs', whole, ...exposed, '--no-touch'])
    expect(asked.length).toBe(before)
    expect(code).toBe(3)
    expect(report.cases).toMatchObject([
      {
        verdict: { state: 'skipped', reason: 'no_touch' },
        misuse: { level: 'likely' },
        priority: { decision: 'act_now' },
      },
    ])
  })

  it('joins its log by its id alone', async () => {
    const { report } = await investigated([findings([leakedId]), '--logs', whole, ...exposed])
    expect(report.cases).toMatchObject([{ verdict: { reason: 'incomplete' }, misuse: { level: 'likely' } }])
    expect(report.cases[0]).not.toHaveProperty('parts')
  })

  it('is analysed though its account is none of ours', async () => {
    const config = file('afterleak.yaml', 'scope: { aws: [111111111111] }\n')
    const { report } = await investigated([findings(), '--logs', whole, ...exposed, '--config', config])
    expect(report.cases).toMatchObject([{ verdict: { reason: 'out_of_scope' }, misuse: { level: 'likely' } }])
  })

  it('is judged by your own clients and hours, which excuse nobody', async () => {
    const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].filter((_, day) => day !== leak.getUTCDay())
    const config = file(
      'afterleak.yaml',
      `own: { clients: [Boto3, Terraform] }\nworking_hours: { zone: UTC, from: '00:00', to: '23:59', days: [${days.join(', ')}] }\n`,
    )
    const log = trail(...strangersCalls())
    const { report } = await investigated([findings(), '--logs', log, ...exposed, '--no-touch', '--config', config])
    expect(report.cases[0].misuse.level).toBe('likely')
    const [{ signals }] = report.cases[0].misuse.sessions
    expect(signals.find(({ family }: { family: string }) => family === 'client')).toMatchObject({ llr: -0.5 })
    const { says } = signals.find(({ family }: { family: string }) => family === 'time')
    expect(says).toMatch(/:06 UTC: outside your working hours$/)
  })

  it('taints the key that was made by it, where that was found too', async () => {
    const quiet = record({ at: leak.getTime() + 3_600_000, action: 's3:ListBuckets', key: childId, ...owner })
    const { report } = await investigated([
      findings([leakedId, childId]),
      '--logs',
      trail(...ownerCalls(), ...strangersCalls(), quiet),
      ...exposed,
    ])
    const child = report.cases.find(({ shown }: { shown: string }) => shown === childId)
    expect(child.misuse.sessions[0].signals).toMatchObject([{ family: 'maker' }, {}])
    expect(child.misuse.level).toBe('likely')
  })

  it('is judged by the exposure that is given, over what the report says', async () => {
    for (const [exposure, value] of [
      ['none', 'small'],
      ['internal', 'controlled'],
      ['public', 'open'],
    ] as const) {
      const { report } = await investigated([findings(), '--logs', whole, '--exposure', exposure])
      expect(report.cases[0].priority.exposure.value).toBe(value)
    }
  })

  it('has only its later sessions told with --since, and its leak where --leaked-at says', async () => {
    const args = [findings(), '--logs', whole, ...exposed]
    const { report: since } = await investigated([
      ...args,
      '--since',
      new Date(leak.getTime() + 12 * 3_600_000).toISOString(),
    ])
    expect(since.cases[0].misuse.sessions.map(({ ip }: { ip: string }) => ip)).toEqual([owner.ip])
    const at = new Date(leak.getTime() - 5 * 86_400_000).toISOString()
    const { report: told } = await investigated([...args, '--leaked-at', at])
    expect(told.cases[0]).toMatchObject({ priority: { exposedSince: at } })
    expect(told.cases[0].misuse.sessions.length).toBeGreaterThan(5)
  })
})

describe('our own calls', () => {
  /** A check whose one call stands in the log, as AWS writes it. */
  async function checked() {
    const environment = { XDG_STATE_HOME: folder() }
    await run(['check', findings()], { environment })
    const { agent = '' } = asked.at(-1) ?? {}
    const ledgers = join(environment.XDG_STATE_HOME, 'afterleak', 'ledger')
    const [name = ''] = readdirSync(ledgers)
    const probe = record({
      at: Date.now(),
      action: 'sts:GetCallerIdentity',
      ip: '192.0.2.77',
      userAgent: agent,
      requestId: `request-${asked.length}`,
    })
    expect(agent).toMatch(/^afterleak\/.* \(run /)
    return { environment, ledger: join(ledgers, name), log: trail(...ownerCalls(), probe) }
  }
  const ips = ({ cases }: { cases: { misuse: { sessions: { ip: string }[] } }[] }) =>
    cases[0]?.misuse.sessions.map(({ ip }) => ip)

  it('are taken out by the ledgers of this machine, and counted', async () => {
    const { environment, log } = await checked()
    const { report } = await investigated([findings(), '--logs', log, ...exposed], { environment })
    expect(report.cases[0].misuse.ours).toBe(1)
    expect(ips(report)).not.toContain('192.0.2.77')
  })

  it("are known by a colleague's ledger", async () => {
    const { ledger, log } = await checked()
    const alone = await investigated([findings(), '--logs', log, ...exposed])
    expect(alone.report.cases[0].misuse.ours).toBe(0)
    expect(ips(alone.report)).toContain('192.0.2.77')
    const { report } = await investigated([findings(), '--logs', log, ...exposed, '--ledger', ledger])
    expect(report.cases[0].misuse.ours).toBe(1)
    expect(ips(report)).not.toContain('192.0.2.77')
  })

  it('are not known by a ledger that somebody wrote into', async () => {
    const { ledger, log } = await checked()
    const forged = file('ledger.jsonl', readFileSync(ledger, 'utf8').replace('"method":"GET"', '"method":"GET","x":1'))
    const lines = readFileSync(forged, 'utf8').trim().split('\n')
    writeFileSync(forged, [lines[0], lines[2], ...lines.slice(2)].join('\n'))
    const { report, error } = await investigated([findings(), '--logs', log, ...exposed, '--ledger', forged])
    expect(report.cases[0].misuse.ours).toBe(0)
    expect(error).toContain('not taken for our own')
  })

  it('do not hide a stranger who calls himself afterleak', async () => {
    const userAgent = `afterleak/${version} (run 20260101-000000-abcdef)`
    const probe = record({
      at: leak.getTime() + 60_000,
      action: 'sts:GetCallerIdentity',
      ip: '203.0.113.99',
      userAgent,
    })
    const { report } = await investigated([findings(), '--logs', trail(...ownerCalls(), probe), ...exposed])
    const session = report.cases[0].misuse.sessions.find(({ ip }: { ip: string }) => ip === '203.0.113.99')
    expect(session.p).toBeGreaterThan(0.5)
    expect(JSON.stringify(session.signals)).toContain("another's afterleak")
  })
})

describe('what no log shows', () => {
  it('is said for every key, and never called clean', async () => {
    const { out, error, code } = await run(['investigate', findings(), ...exposed])
    expect(code).toBe(1)
    expect(error).toContain('nothing shows who used these keys')
    expect(out.replaceAll(/\s+/g, ' ')).toContain('No log shows who uses it.')
    expect(out).not.toMatch(/clean/i)
  })

  it('is said where the logs are of another provider, with the page that a person can look at', async () => {
    const { report } = await investigated([findings([stripe]), '--logs', whole, ...exposed])
    expect(report.cases[0]).toMatchObject({
      misuse: {
        level: 'no_log',
        coverage: [{ source: 'Stripe', state: 'unavailable', why: expect.stringMatching(/https:/) }],
      },
      priority: { exploitation: { value: 'public poc' } },
    })
  })

  it('makes the exit code 3 where a log could not be read, though every key is dead', async () => {
    const dead = findings([childId, leakedSecret])
    const log = trail(...ownerCalls())
    expect((await run(['investigate', dead, '--logs', log])).code).toBe(0)
    const strange = file('strange.txt', 'nothing that is a log\n')
    const { code, error } = await run(['investigate', dead, '--logs', log, '--logs', strange])
    expect([code, error]).toEqual([3, expect.stringContaining('strange.txt')])
    expect((await run(['investigate', dead, '--logs', folder()])).code).toBe(3)
  })
})
