import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from './run.ts'
import { file, folder } from './support.ts'
import {
  asked,
  findings,
  leakedId,
  leakedSecret,
  ownerCalls,
  strangersCalls,
  stripe,
  trail,
  withProviders,
} from './trail-world.ts'

withProviders()

const log = trail(...ownerCalls(), ...strangersCalls())
const reported = findings([stripe, leakedId, leakedSecret])

async function saved(args: readonly string[] = [], environment = { XDG_STATE_HOME: folder() }) {
  const ran = await run(['check', reported, '--to', 'json', ...args], { environment })
  return { path: file('run.json', ran.out), report: JSON.parse(ran.out), environment }
}

async function again(args: readonly string[], world: Parameters<typeof run>[1] = {}) {
  const before = asked.length
  const ran = await run([...args, '--to', 'json'], world)
  return { ...ran, report: JSON.parse(ran.out), sent: asked.length - before }
}

describe('a saved report as findings', () => {
  it('is investigated by key ids, with the verdicts of then, and nothing is sent', async () => {
    const { path, report: first } = await saved()
    const { report, sent, code, error } = await again(['investigate', path, '--logs', log, '--exposure', 'public'])
    expect([sent, code]).toEqual([0, 1])
    expect(report.cases).toMatchObject([
      {
        provider: 'aws',
        shown: leakedId,
        verdict: {
          state: 'live',
          checkedAt: first.cases[0].verdict.checkedAt,
          because: expect.stringMatching(/Not asked again since \d{4}-/),
        },
        misuse: { level: 'likely' },
        priority: { decision: 'act_now' },
        findings: [{ scanner: 'gitleaks', file: 'shop/prod.env', line: 4 }, { line: 5 }],
      },
      { provider: 'stripe', verdict: { state: 'live' }, misuse: { level: 'no_log' } },
    ])
    expect(report.cases.map(({ id }: { id: string }) => id)).toEqual(first.cases.map(({ id }: { id: string }) => id))
    expect(error).toContain('run.json: a saved report holds no keys, so 2 keys were not asked again')
    expect(error).toContain('not by a hash of the key')
  })

  it('is read from JSON lines and from an investigation too', async () => {
    const { report: first } = await saved()
    const lines = file('run.jsonl', first.cases.map((one: object) => `${JSON.stringify(one)}\n`).join(''))
    const { report } = await again(['investigate', lines, '--logs', log, '--exposure', 'public'])
    expect(report.cases).toMatchObject([{ misuse: { level: 'likely' } }, {}])
    const twice = await again(['investigate', file('again.json', JSON.stringify(report)), '--logs', log])
    expect(twice.report.cases).toMatchObject([{ misuse: { level: 'likely' } }, {}])
    expect(twice.report.cases[0].verdict.because.match(/Not asked again/g)).toHaveLength(1)
  })

  it('is checked again with the values of the scanner’s report, on this machine and on another', async () => {
    const { path, environment } = await saved()
    for (const world of [{ environment }, {}]) {
      const { report, sent } = await again(['check', path, reported], world)
      expect(sent).toBeGreaterThan(1)
      expect(report.cases).toMatchObject([
        { provider: 'aws', verdict: { state: 'live' } },
        { provider: 'stripe', verdict: { state: 'live' } },
      ])
      expect(report.cases[0].verdict.because).not.toContain('Not asked again')
      expect(report.warnings).toEqual([])
      expect(report.summary.findings).toBe(3)
    }
  })

  it('keeps the places that only it knew', async () => {
    const { path } = await saved()
    const moved = file('moved.json', readFileSync(path, 'utf8').replace('"line":3', '"line":33'))
    const { report } = await again(['check', moved, reported])
    const stripes = report.cases.find(({ provider }: { provider: string }) => provider === 'stripe')
    expect(stripes.findings.map(({ line }: { line: number }) => line)).toEqual([3, 33])
  })

  it('keeps what it knew where the values are there and nothing may be touched', async () => {
    const { path } = await saved()
    const { report, sent } = await again(['investigate', path, reported, '--logs', log, '--no-touch'])
    expect(sent).toBe(0)
    expect(report.cases).toMatchObject([
      { verdict: { state: 'live' }, misuse: { level: 'likely' } },
      { verdict: { state: 'live' } },
    ])
  })

  it('is checked again with values that are read back', async () => {
    const { path } = await saved()
    const source = folder()
    mkdirSync(join(source, 'shop'))
    writeFileSync(
      join(source, 'shop', 'prod.env'),
      `# a\n# b\nSTRIPE=${stripe}\nAWS_ACCESS_KEY_ID=${leakedId}\nAWS_SECRET_ACCESS_KEY=${leakedSecret}\n`,
    )
    const { report, sent } = await again(['check', path, '--source', source])
    expect(sent).toBeGreaterThan(0)
    const stripes = report.cases.find(({ provider }: { provider: string }) => provider === 'stripe')
    expect(stripes.verdict.because).not.toContain('Not asked again')
    expect(report.cases).toHaveLength(2)
  })

  it('tells a check alone that nothing was asked, and what was known is still said', async () => {
    const { path } = await saved()
    const { code, sent, report } = await again(['check', path])
    expect([code, sent]).toEqual([1, 0])
    expect(report.summary).toMatchObject({ live: 2, findings: 3 })
    const table = await run(['findings', path])
    expect(table.out).toMatch(/redacted/)
    const dry = await run(['check', path, '--dry-run'])
    expect(dry.out).toContain('set aside: 2 redacted')
  })

  it('is said to know nothing by which a log names the key, where that is so', async () => {
    const { path } = await saved()
    const report = JSON.parse(readFileSync(path, 'utf8'))
    for (const one of report.cases) {
      one.shown = 'AKIA…XXXX'
      delete one.verdict.identity
      one.facts = {}
    }
    const { report: found } = await again(['investigate', file('bare.json', JSON.stringify(report)), '--logs', log])
    expect(found.cases[0].misuse).toMatchObject({
      level: 'no_log',
      coverage: [{ state: 'unavailable', why: expect.stringContaining('--principal') }],
    })
  })
})
