import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { junit } from '../../src/report/junit.ts'
import { readers } from './example-readers.ts'
import { exampleReport } from './example-report.ts'
import { aCase, aPlace, aReport, hostile, manyPlaces } from './fixture.ts'

const parser = new XMLParser({ ignoreAttributes: false, isArray: name => name === 'testsuite' || name === 'testcase' })

describe('junit', () => {
  it('has a suite a provider and a test a key, with counts that add up', () => {
    const text = [...junit(exampleReport())].join('')
    expect(XMLValidator.validate(text)).toBe(true)
    const { testsuites } = parser.parse(text)
    expect(testsuites).toMatchObject({ '@_tests': '72', '@_failures': '5', '@_errors': '5', '@_skipped': '24' })
    expect(testsuites.testsuite.map((suite: Record<string, unknown>) => suite['@_name'])).toEqual([
      'Stripe',
      'AWS',
      'FullStory',
      'GitHub',
      'Okta',
      'GitLab',
      'unidentified',
    ])
  })

  it('fails for a live key, is an error for an undecided one, skips a skipped one, passes a dead one', () => {
    const cases = [aCase('works'), aCase('unreachable'), aCase('canary'), aCase('rejected')]
    const { testsuites } = parser.parse([...junit(aReport(cases))].join(''))
    const tests: readonly Record<string, unknown>[] = testsuites.testsuite[0].testcase
    expect(tests.map(outcome)).toEqual(['failure', 'error', 'skipped', undefined])
  })

  it('says who read a key and who still tries it, of a dead one too, which passes', () => {
    const text = [...junit(aReport([aCase('rejected', { readers })]))].join('')
    expect(XMLValidator.validate(text)).toBe(true)
    const [test] = parser.parse(text).testsuites.testsuite[0].testcase
    expect(test['system-out']).toContain('assumed-role/admin/mallory from 203.0.113.9')
    expect(outcome(test)).toBeUndefined()
  })

  it('stays XML whatever the names are, and reads a few places of a million', () => {
    const findings = manyPlaces(1_000_000)
    const odd = `${hostile}\u0000\u000b\uffff\ud800]]>`
    const cases = [
      aCase('works', { name: odd, shown: odd, findings: [aPlace({ file: odd })] }, { because: odd }),
      aCase('works', { findings }),
    ]
    const text = [...junit(aReport(cases))].join('')
    expect(XMLValidator.validate(text)).toBe(true)
    expect(text).not.toContain('<img')
    expect(findings.read).toBe(20)
  })
})

function outcome(test: Record<string, unknown>): string | undefined {
  return ['failure', 'error', 'skipped'].find(tag => tag in test)
}
