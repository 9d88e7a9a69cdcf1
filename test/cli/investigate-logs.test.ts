import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from './run.ts'
import { file, folder } from './support.ts'
import {
  asked,
  findings,
  investigated,
  leak,
  leakedId,
  ownerCalls,
  strangersCalls,
  stripe,
  trail,
  withProviders,
} from './trail-world.ts'

withProviders()

const whole = trail(...ownerCalls(), ...strangersCalls())
const exposed = ['--exposure', 'public']

describe('logs', () => {
  it('are read from folders, from standard input, and by a field map of your own', async () => {
    const path = folder()
    mkdirSync(join(path, 'AWSLogs'))
    copyFileSync(whole, join(path, 'AWSLogs', 'a.json'))
    const { report } = await investigated([findings(), '--logs', path, ...exposed])
    expect(report.cases[0].misuse.level).toBe('likely')
    const piped = await investigated([findings([leakedId]), '--logs', '-', ...exposed], {
      input: readFileSync(whole, 'utf8'),
    })
    expect(piped.report.cases[0].misuse.level).toBe('likely')

    const map = file(
      'gateway.yaml',
      'source: gateway\nprovider: stripe\nfields: { time: when, principal: who, ip: from, action: did }\n',
    )
    const log = file(
      'gateway.jsonl',
      ['alice', 'bob']
        .map(who => JSON.stringify({ when: leak.toISOString(), who, from: '192.0.2.1', did: 'charge' }))
        .join('\n'),
    )
    const args = [findings([stripe, leakedId]), '--logs', log, '--log-map', map]
    const named = await investigated([...args, '--principal', 'stripe=alice'])
    const of = (provider: string) => named.report.cases.find((one: { provider: string }) => one.provider === provider)
    expect(of('stripe').misuse.sessions).toMatchObject([{ ip: '192.0.2.1', count: 1 }])
    expect(of('aws').misuse.sessions).toEqual([])
    const { report: unnamed } = await investigated([findings([stripe]), '--logs', log, '--log-map', map])
    expect(unnamed.cases[0].misuse).toMatchObject({
      level: 'no_log',
      coverage: [{ source: 'gateway', state: 'unavailable', why: expect.stringContaining('--principal') }],
    })
  })

  it.each([
    ['a log that is not there', ['--logs', '/nowhere/trail.json'], /nowhere.*there is nothing of this name/],
    ['a ledger that is not there', ['--ledger', '/nowhere/ledger'], /nothing of this name/],
    ['lists that are not there', ['--ip-lists', '/nowhere'], /nothing of this name/],
    ['a field map with a fault', ['--log-map', file('map.yaml', 'source: x y\nfields: {}\n')], /map\.yaml:1:1 source/],
    ['a time that is none', ['--leaked-at', 'yesterday'], /--leaked-at yesterday: write a time/],
    ['a year that is none', ['--log-year', '26'], /--log-year 26/],
    ['standard input for both', ['--logs', '-'], /can not be both/, ['-']],
    ['a folder of evidence that is not empty', ['--bundle', join(file('x', 'y'), '..')], /never written over/],
    ['a format that is none', ['--to', 'pdf'], /no such format/],
  ])('%s: wrong use, and nothing is sent', async (_what, args, says, files = [findings()]) => {
    const before = asked.length
    const { code, error } = await run(['investigate', ...files, ...args], { input: '' })
    expect(code).toBe(2)
    expect(error).toMatch(says)
    expect(asked.length).toBe(before)
  })

  it('are not read in a dry run', async () => {
    const { code, out } = await run(['investigate', findings(), '--logs', whole, '--dry-run'])
    expect([code, out]).toEqual([0, expect.stringContaining('Nothing was sent.')])
  })
})
