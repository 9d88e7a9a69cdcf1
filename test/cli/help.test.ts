import { describe, expect, it } from 'vitest'
import { run, withNetwork } from './run.ts'

withNetwork()

describe('help', () => {
  it.each(
    [
      [],
      ['check'],
      ['investigate'],
      ['findings'],
      ['report'],
      ['providers'],
      ['validators'],
      ['validators', 'check'],
      ['ledger'],
      ['ledger', 'show'],
      ['ledger', 'verify'],
      ['demo'],
    ].map(words => ({ words })),
  )('of afterleak $words fits eighty columns', async ({ words }) => {
    const { code, out } = await run([...words, '--help'])
    expect(code).toBe(0)
    expect(out.split('\n').filter(line => line.length > 80)).toEqual([])
    expect(out).toMatch(/^Usage: afterleak/)
  })

  it('teaches: examples, exit codes, where a key goes, and what every option is for', async () => {
    const root = await run(['--help'])
    expect(root.out).toMatch(/Examples:[\s\S]*--dry-run[\s\S]*Exit codes: 0 [\s\S]*3 /)
    const check = await run(['check', '--help'])
    expect(check.out).toMatch(/declared hosts and nowhere else/)
    for (const option of [
      '--provider',
      '--part',
      '--from',
      '--to',
      '--out',
      '--config',
      '--validators',
      '--only',
      '--skip',
      '--host',
      '--allow-private',
      '--timeout',
      '--attempts',
      '--patience',
      '--deadline',
      '--dry-run',
      '--no-touch',
      '--control',
      '--allow-effect',
      '--resume',
      '--verbose',
      '--quiet',
      '--fail-on',
    ])
      expect(check.out).toMatch(new RegExp(`${option}[^\\n]*\\s\\S`))
  })

  it('shows no default that says nothing', async () => expect((await run(['check', '--help'])).out).not.toContain('[]'))

  it('prints the version', async () => expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/))
})
