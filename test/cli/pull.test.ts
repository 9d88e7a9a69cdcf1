import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startLoopback } from '../../src/demo/loopback.ts'
import { simulated } from './network.ts'
import { answer, auditId, auditSecret, gitlabAdmin, gitlabToken, lastIps, lies, seen } from './pull-world.ts'
import { run } from './run.ts'
import { file, folder } from './support.ts'
import { childId, findings, leak, leakedId, leakedSecret } from './trail-world.ts'

const regional = ['eu-west-1', 'us-east-1'].map(region => `cloudtrail.${region}.amazonaws.com`)
const hosts = [
  'sts.us-east-1.amazonaws.com',
  'ec2.us-east-1.amazonaws.com',
  'iam.amazonaws.com',
  'git.example.com',
  ...regional,
]

beforeAll(async () => {
  simulated.network = await startLoopback(
    [...hosts, 'evil.example.com'],
    (request, response) => void answer(request, response),
  )
})
afterAll(() => simulated.network?.close())
beforeEach(() => {
  seen.length = 0
  lies.next = ''
  lastIps.splice(0, lastIps.length, '203.0.113.1', '203.0.113.2', '203.0.113.3', '203.0.113.4', '203.0.113.5')
})

const environment = () => ({
  XDG_STATE_HOME: folder(),
  AUDIT: auditSecret,
  GITLAB_ADMIN: gitlabAdmin,
})
const aws = ['--admin', `aws.key_id=${auditId}`, '--admin', 'aws.secret=env:AUDIT']
const gitlab = ['--admin', 'gitlab=env:GITLAB_ADMIN', '--host', 'gitlab=https://git.example.com']
const tokenFile = () => file('.env', `GITLAB_TOKEN=${gitlabToken}\n`)

async function investigated(args: readonly string[]) {
  const ran = await run(['investigate', ...args, '--to', 'json'], { environment: environment() })
  return { ...ran, report: JSON.parse(ran.out) }
}

describe('a leaked AWS key whose CloudTrail is asked', () => {
  it('is judged by what its account says, without the key being used: stranger, child and all', {
    timeout: 30_000,
  }, async () => {
    const { report } = await investigated([findings(), '--pull', '--no-touch', '--exposure', 'public', ...aws])
    expect(report.cases).toMatchObject([
      {
        verdict: { state: 'skipped', reason: 'no_touch', identity: { user: 'deploy' } },
        lookup: [
          { source: 'aws last_used', marks: { last_used_service: ['s3'] } },
          { source: 'aws status', marks: { status: ['Active'] } },
        ],
        misuse: {
          level: 'likely',
          firstAt: new Date(leak.getTime() + 6 * 60_000).toISOString(),
          children: [childId],
          coverage: [
            {
              source: 'cloudtrail',
              state: 'ok',
              covers: 'key',
              lag: expect.any(String),
              window: { from: expect.any(String) },
            },
          ],
        },
      },
    ])
    expect(
      seen.some(({ authorization, body }) => authorization.includes(leakedId) || body.includes(leakedSecret)),
    ).toBe(false)
    expect(seen.every(({ authorization }) => authorization.includes(auditId))).toBe(true)
  })

  it('asks every enabled Region, and no more than once a second each', { timeout: 30_000 }, async () => {
    await investigated([findings(), '--pull', '--no-touch', ...aws])
    for (const host of regional) {
      const times = seen.filter(each => each.host === host).map(({ at }) => at)
      expect(times.length).toBeGreaterThan(1)
      for (const [index, time] of times.slice(1).entries()) expect(time - (times[index] ?? 0)).toBeGreaterThan(900)
    }
  })

  it('says what would be needed where no credential was given', async () => {
    const { report } = await investigated([findings(), '--pull'])
    expect(report.cases[0].misuse).toMatchObject({
      level: 'no_log',
      coverage: [
        { state: 'unavailable', why: expect.stringContaining('--admin aws=REFERENCE') },
        { why: expect.stringMatching(/^ui_only\. By eye: .*https:/) },
      ],
    })
    expect(report.cases[0]).not.toHaveProperty('lookup')
  })
})

describe('a GitLab token, of which its list has five addresses', () => {
  it('has the list read before a touch takes the oldest away', async () => {
    const { out } = await run(['check', tokenFile(), ...gitlab, '--to', 'json'], { environment: environment() })
    const [one] = JSON.parse(out).cases
    expect(one.lookup.at(-1)).toMatchObject({
      source: 'gitlab token_by_id',
      marks: { last_used_ips: ['203.0.113.1', '203.0.113.2', '203.0.113.3', '203.0.113.4', '203.0.113.5'] },
    })
    expect(one.verdict).toMatchObject({ state: 'live', reason: 'works', because: expect.stringContaining('not used') })
    expect(seen.filter(({ authorization }) => authorization === gitlabToken)).toEqual([])
    expect(lastIps).toContain('203.0.113.1')
  })

  it('loses the oldest where nobody but the token itself can be asked', async () => {
    const { out } = await run(['check', tokenFile(), '--host', 'gitlab=https://git.example.com', '--to', 'json'], {
      environment: environment(),
    })
    expect(JSON.parse(out).cases[0].verdict).toMatchObject({ state: 'live' })
    expect(lastIps).not.toContain('203.0.113.1')
  })

  it('finds what its owner did, page by page', async () => {
    const { report } = await investigated([tokenFile(), '--pull', ...gitlab])
    const { coverage, sessions } = report.cases[0].misuse
    expect(coverage).toContainEqual(expect.objectContaining({ source: 'gitlab-instance-audit-events', state: 'ok' }))
    expect(sessions).toMatchObject([{ ip: '203.0.113.77', count: 2 }])
  })

  it('never follows a next page to another host', async () => {
    lies.next = 'https://evil.example.com/api/v4/audit_events?cursor=abc'
    const { report } = await investigated([tokenFile(), '--pull', ...gitlab])
    expect(seen.map(({ host }) => host)).not.toContain('evil.example.com')
    expect(report.cases[0].misuse.coverage).toContainEqual(
      expect.objectContaining({ state: 'partial', why: expect.stringContaining('not followed') }),
    )
  })
})

describe('an administrator’s credential', () => {
  it.each([
    [['--admin', 'gitlab'], /--admin: write it as PROVIDER=REFERENCE/],
    [['--admin', 'gitlab=plain'], /--admin gitlab: This is not a kind of reference/],
    [['--admin', 'gitlab=env:NOT_THERE'], /--admin gitlab: env:NOT_THERE/],
    [['--admin', 'gitlab.nothing=x'], /there is no such part/],
    [['--admin', 'jwt=env:X'], /nothing of this provider/],
  ])('%j is wrong use, and nothing is sent', async (args, says) => {
    const { code, error: err } = await run(['check', tokenFile(), ...args], { environment: environment() })
    expect(code).toBe(2)
    expect(err).toMatch(says)
    expect(seen).toEqual([])
  })

  it('is nowhere in a report, a ledger or an error', async () => {
    const { out, error: err } = await run(
      ['investigate', tokenFile(), '--pull', ...gitlab, '--verbose', '--to', 'json'],
      {
        environment: environment(),
      },
    )
    expect(out + err).not.toContain(gitlabAdmin)
    expect(out + err).not.toContain(gitlabToken)
  })
})

describe('a watched AWS key whose value is not kept', () => {
  it('is looked up by its id in its own account, and never used', async () => {
    const world = { environment: environment() }
    const config = file('afterleak.yaml', `admin: { aws: { key_id: ${auditId}, secret: 'env:AUDIT' } }\n`)
    const added = await run(['watch', 'add', findings(), '--config', config], world)
    expect(added.out).toContain('value not kept: looked up in the lists of its provider')
    const { code, error } = await run(['watch', 'run', '--once', '--config', config], world)
    expect([code, error]).toEqual([0, expect.stringContaining('1 asked')])
    expect(seen.map(({ host }) => host)).toContain('iam.amazonaws.com')
    expect(seen.filter(({ authorization }) => authorization.includes(leakedId))).toEqual([])
    expect((await run(['watch', 'list'], world)).out).toContain('undecided once')
  })
})
