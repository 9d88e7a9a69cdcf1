import { chmodSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { providerText } from '../catalog/provider-text.ts'
import { keys, providersOf, report, run, withNetwork } from './run.ts'
import { file, folder } from './support.ts'

const { stripe } = keys
withNetwork()

describe('wrong use ends with 2, and says what, why and what to do', () => {
  const unreadable = join(folder(), 'locked')
  mkdirSync(unreadable)
  chmodSync(unreadable, 0o000)
  it.each<readonly [string, () => readonly string[], RegExp]>([
    ['no command', () => [], /Usage: afterleak/],
    ['an unknown command', () => ['chekc'], /unknown command 'chekc'[\s\S]*--help/],
    ['an unknown option', () => ['check', '--dryrun'], /unknown option '--dryrun'[\s\S]*--dry-run/],
    [
      'an unknown provider',
      () => ['check', '--provider', 'acne'],
      /--provider acne: there is no such provider\. There are: .*aws, /,
    ],
    ['nothing to check', () => ['check'], /nothing to check\. Give files, pipe a report in, or name a provider/],
    ['no key typed', () => ['check', '--provider', 'stripe'], /no key was typed/],
    [
      'an unknown format',
      () => ['check', report(stripe), '--to', 'xlsx'],
      /--to xlsx: there is no such format\. There are: table, json/,
    ],
    [
      'a host without its provider',
      () => ['check', report(stripe), '--host', 'https://git.example.com'],
      /--host https:\/\/git\.example\.com: write it as PROVIDER=URL, for example/,
    ],
    [
      'a host of an unknown provider',
      () => ['check', report(stripe), '--host', 'acne=https://git.example.com'],
      /there is no provider "acne"\. There are: .*aws/,
    ],
    [
      'a host with a user',
      () => ['check', report(stripe), '--host', 'gitlab=https://me@git.example.com'],
      /--host[\s\S]*PROVIDER=URL/,
    ],
    [
      'a host with another scheme',
      () => ['check', report(stripe), '--host', 'gitlab=file:///etc/passwd'],
      /--host[\s\S]*PROVIDER=URL/,
    ],
    [
      'a wrong time',
      () => ['check', report(stripe), '--timeout', '10'],
      /--timeout 10: write a time such as 500ms, 10s or 2m/,
    ],
    ['no time at all', () => ['check', report(stripe), '--patience', '0s'], /--patience 0s: write a time/],
    [
      'a wrong deadline',
      () => ['check', report(stripe), '--deadline', 'tomorrow'],
      /--deadline tomorrow: write how long/,
    ],
    [
      'a wrong number',
      () => ['check', report(stripe), '--attempts', '99'],
      /--attempts 99: a whole number from 1 to 10/,
    ],
    [
      'a wrong network',
      () => ['check', report(stripe), '--allow-private', '10.0.0.0/33'],
      /--allow-private: "10\.0\.0\.0\/33" is not a network\. Write it as ADDRESS\/BITS/,
    ],
    [
      'an address for a network',
      () => ['check', report(stripe), '--allow-private', 'https://git'],
      /--allow-private: "https:\/\/git"/,
    ],
    [
      'an unknown provider to ask',
      () => ['check', report(stripe), '--only', 'stripe,acne'],
      /there is no provider "acne"/,
    ],
    ['an unknown provider to skip', () => ['check', report(stripe), '--skip', 'acne'], /there is no provider "acne"/],
    [
      'a wrong outcome',
      () => ['check', report(stripe), '--fail-on', 'dead'],
      /--fail-on[\s\S]*Allowed choices are live, unknown, never/,
    ],
    ['a part without a provider', () => ['check', '--part', 'key=env:X'], /--part needs --provider/],
    [
      'a part that is the secret itself',
      () => ['check', '--provider', 'stripe', '--part', `key=${stripe}`],
      /a secret itself is never taken here/,
    ],
    [
      'a part of nothing',
      () => ['check', '--provider', 'stripe', '--part', 'key'],
      /--part: write it as NAME=REFERENCE: env:NAME, file:PATH, aws-sm:/,
    ],
    [
      'a variable that is not there',
      () => ['check', '--provider', 'stripe', '--part', 'key=env:NOT_THERE'],
      /there is no environment variable NOT_THERE, or it is empty/,
    ],
    [
      'a file that is not there for a part',
      () => ['check', '--provider', 'stripe', '--part', 'key=file:/nowhere/key'],
      /the file could not be read/,
    ],
    [
      'a store of secrets that nobody named',
      () => ['check', '--provider', 'stripe', '--part', 'key=vault:secret/ci#key'],
      /--part key: vault:secret\/ci was not read: VAULT_ADDR is not set/,
    ],
    [
      'a store of secrets where nothing is sent',
      () => ['check', '--provider', 'stripe', '--part', 'key=vault:secret/ci#key', '--dry-run'],
      /--part key: vault:… was not read, as nothing is sent now/,
    ],
    ['a missing file', () => ['check', '/nowhere/report.json'], /\/nowhere\/report\.json: does not exist/],
    ['a folder', () => ['check', folder()], /is a directory\. Name the report files in it/],
    [
      'a configuration that is not there',
      () => ['check', report(stripe), '--config', '/nowhere.yaml'],
      /the configuration \/nowhere\.yaml could not be read: there is nothing of this name/,
    ],
    [
      'a configuration with a fault',
      () => ['check', report(stripe), '--config', file('afterleak.yaml', 'attempts: 1\ntimout: 5s\n')],
      /afterleak\.yaml:2:1 timout: "timout" is not a word/,
    ],
    [
      'a configuration with an unknown provider',
      () => ['check', report(stripe), '--config', file('afterleak.yaml', 'only: [acne]\n')],
      /there is no provider "acne"/,
    ],
    [
      'a folder of providers that is not there',
      () => ['check', report(stripe), '--validators', '/nowhere'],
      /the providers in \/nowhere could not be read: there is nothing of this name/,
    ],
    [
      'a provider with a fault',
      () => [
        'check',
        report(stripe),
        '--validators',
        providersOf(providerText.replace('per_second: 100', 'per_second: fast')),
      ],
      /acme\.yaml:20:10 limit\.per_second: must be a number, not "fast"/,
    ],
    [
      'an output that can not be written',
      () => ['check', report(stripe), '--out', '/nowhere/report.html'],
      /--out: \/nowhere\/report\.html can not be written: there is nothing of this name/,
    ],
    [
      'a report that is not there',
      () => ['report', '/nowhere.json'],
      /\/nowhere\.json could not be read: there is nothing of this name/,
    ],
    [
      'a report that is none',
      () => ['report', report(stripe)],
      /is not a report of a run\. Write one with: afterleak check FILE --to json/,
    ],
    [
      'a report that only begins like one',
      () => [
        'report',
        file(
          'run.json',
          '{"schema":1,"run":{"id":"1"},"summary":{},"warnings":[],"cases":[{"verdict":{"evidence":[]},"findings":[]}]}',
        ),
      ],
      /is not a report of a run/,
    ],
    ['a provider nobody knows', () => ['providers', 'acne'], /there is no provider "acne"/],
    ['providers in another format', () => ['providers', '--to', 'csv'], /providers can be written as table or json/],
    ['a folder without files', () => ['validators', 'check', folder()], /there is no \*\.yaml file in/],
    [
      'a folder that is not there',
      () => ['validators', 'check', '/nowhere'],
      /\/nowhere could not be read: there is nothing of this name/,
    ],
    ['the ledger of no run', () => ['ledger', 'show'], /nothing was ever sent from here/],
    ['the ledger of an unknown run', () => ['ledger', 'show', '../../etc/passwd'], /there is no ledger of a run/],
  ])('%s', async (_, args, says) => {
    const { code, error, out } = await run(args())
    expect(error).toMatch(says)
    expect(code).toBe(2)
    expect(`${error}${out}`).not.toMatch(/\n\s+at .*\.(?:ts|js):\d+/)
    expect(error).not.toContain(stripe.slice(8, 20))
  })

  it.runIf(process.getuid?.() !== 0)('a folder that may not be read', async () => {
    const { code, error } = await run(['check', join(unreadable, 'report.json')])
    expect(code).toBe(2)
    expect(error).toMatch(/may not be read/)
  })

  it('a proxy that is no address', async () => {
    const { code, error } = await run(['check', report(stripe)], { environment: { HTTPS_PROXY: 'proxy' } })
    expect([code, error]).toEqual([2, expect.stringMatching(/HTTPS_PROXY or HTTP_PROXY is not a URL\. Write it as/)])
  })

  it('leaves nothing to resume', async () => {
    const { state } = await run(['check', report(stripe), '--out', '/nowhere/report.html'])
    expect(readdirSync(join(state, 'runs'))).toEqual([])
    expect(readdirSync(join(state, 'ledger'))).toEqual([])
  })
})
