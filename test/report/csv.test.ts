import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/run.ts'
import { csv } from '../../src/report/csv.ts'
import { exampleReport } from './example-report.ts'
import { aCase, aPlace, aReport, hostile, manyPlaces } from './fixture.ts'

function rows(report: Report): readonly Record<string, string>[] {
  return parse([...csv(report)].join(''), { columns: true, record_delimiter: '\r\n' })
}

describe('csv', () => {
  it('has one row a case', () => {
    const [first, ...rest] = rows(exampleReport())
    expect(rest).toHaveLength(71)
    expect(first).toMatchObject({
      provider: 'stripe',
      shown: 'sk_live_…wXyZ',
      state: 'live',
      reason: 'works',
      identity: 'country=US; account=acct_1032D8…; owner=Falko Inc',
      places: '3204',
      first_file: 'logs/part-1.txt',
      first_line: '1',
      checked_at: '2026-11-24T10:02:11Z',
    })
  })

  it.each(['say "hi", then\r\ngo', hostile, ' a ', "it's"])('brings %j through a reader unchanged', text => {
    expect(rows(aReport([aCase('works', {}, { because: text })]))[0]?.because).toBe(text)
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '\n@x', '＝1'])(
    'takes the formula out of %j',
    text => {
      const [row] = rows(aReport([aCase('works', { shown: text, findings: [aPlace({ file: text })] })]))
      expect(row?.shown).toBe(`'${text}`)
      expect(row?.first_file).toBe(`'${text}`)
    },
  )

  it('reads a few places of a million', () => {
    const findings = manyPlaces(1_000_000)
    expect(rows(aReport([aCase('works', { findings })]))[0]?.places).toBe('1000000')
    expect(findings.read).toBeLessThan(10)
  })
})
