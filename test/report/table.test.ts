import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/run.ts'
import { type TableOptions, table } from '../../src/report/table.ts'
import { width } from '../../src/report/width.ts'
import { exampleReport } from './example-report.ts'
import { aCase, aPlace, aReport, hostile, manyPlaces } from './fixture.ts'

function print(report: Report, options?: TableOptions): string {
  return [...table(report, options)].join('')
}

function widest(text: string): number {
  return Math.max(...text.split('\n').map(line => width(stripVTControlCharacters(line))))
}

describe('table', () => {
  it('says what works first, then what is undecided, and counts the rest', () => {
    const text = print(exampleReport())
    const headings = text.split('\n').filter(line => /^[A-Z]{3}/.test(line))
    expect(headings).toEqual([
      'LIVE 5',
      'UNDECIDED 18',
      'DEAD 38         33 rejected, 5 expired',
      'SET ASIDE 11    9 meant to be public, 1 canary, 1 redacted',
    ])
    expect(text).not.toContain('sk_live_…d7')
  })

  it('gives a live key two lines: who it is, and where it lay', () => {
    const lines = print(exampleReport()).split('\n')
    const at = lines.findIndex(line => line.includes('sk_live_…wXyZ'))
    expect(lines[at]).toMatch(/^ {2}Stripe +sk_live_…wXyZ +works +acct_1032D8… · Falko Inc · US$/)
    expect(lines[at + 1]?.trim()).toBe('3,204 places, first: logs/part-1.txt:1 (2026-11-01, public)')
  })

  it.each([40, 60, 80, 120])('is never wider than %i columns, whatever stands in it', columns => {
    const wide = aCase(
      'works',
      {
        name: '日本語のとても長いプロバイダ名',
        shown: 'k'.repeat(60),
        findings: [aPlace({ file: `深い/${'x'.repeat(300)}.env` })],
      },
      { identity: { account: '名'.repeat(90), owner: 'e\u0301'.repeat(120) } },
    )
    const loud = aCase('unreachable', { name: hostile }, { because: 'w'.repeat(200) })
    const report = exampleReport()
    const warnings = [{ file: 'f'.repeat(150), message: 'm '.repeat(100) }]
    const text = print({ ...report, cases: [wide, loud, ...report.cases], warnings }, { width: columns, all: true })
    expect(widest(text)).toBeLessThanOrEqual(columns)
  })

  it('says of each undecided key why, and what would decide it', () => {
    const text = print(exampleReport()).replace(/\s+/g, ' ')
    expect(text).toContain('GitHub refuses to judge any token from here until 10:42.')
    expect(text).toContain('To decide it: check again after 2026-11-24 10:42 UTC.')
    expect(text).toContain('To decide it: give --host okta=https://…')
    const effect = print(aReport([aCase('effect')])).replace(/\s+/g, ' ')
    expect(effect).toContain('To decide it: allow the check with --allow-effect.')
  })

  it('lets one line stand for undecided keys that share a reason', () => {
    expect(print(exampleReport())).toMatch(/GitHub +ghp_…k3Vd {2}×4 +locked_out/)
  })

  it('lists dead and set-aside keys only when all are asked for', () => {
    expect(print(exampleReport(), { all: true })).toMatch(/sk_live_…d37[\s\S]+AKIA…CAN1/)
  })

  it('says the same with colour as without', () => {
    const colored = print(exampleReport(), { color: true })
    expect(colored).toContain('\u001b[')
    expect(stripVTControlCharacters(colored)).toBe(print(exampleReport()))
  })

  it('lets nothing from a report move the cursor or turn the text around', () => {
    const text = print(aReport([aCase('works', { shown: hostile, findings: [aPlace({ file: hostile })] })]))
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
  })

  it('names canaries as not touched, the first five warnings, and the next step', () => {
    const warnings = Array.from({ length: 8 }, (_, index) => ({ file: 'a.json', line: index + 1, message: 'is odd.' }))
    const text = print({ ...exampleReport(), warnings })
    expect(text).toContain('Not touched: 1 canary key (AKIA…CAN1).')
    expect(text).toContain('  5  a.json:5: is odd.\n     and 3 more')
    expect(text.trimEnd().split('\n').at(-1)).toBe('Next: revoke the 5 live keys. --to html writes the steps for each.')
  })

  it('never calls a report clean: it says what was not decided or not asked', () => {
    expect(print(aReport([aCase('rejected'), aCase('unreachable')]))).toContain('1 key may still work')
    expect(print(aReport([aCase('rejected'), aCase('redacted')]))).toContain('Keys set aside were not asked')
    expect(print(aReport([aCase('rejected')]))).toContain('dead by its provider’s own word')
  })

  it('says that there are no findings, and whether some input could not be read', () => {
    expect(print(aReport([]))).toContain('No findings. Is it the right file?')
    const warnings = [{ file: 'a.json', message: 'is not JSON.', unreadable: true as const }]
    expect(print(aReport([], { warnings }))).toContain('No findings, but some input could not be read')
  })

  it('reads one place of a million', () => {
    const findings = manyPlaces(1_000_000)
    expect(print(aReport([aCase('works', { findings })]))).toContain('1,000,000 places')
    expect(findings.read).toBe(1)
  })
})
