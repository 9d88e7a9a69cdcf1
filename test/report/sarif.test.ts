import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import formatsPlugin from 'ajv-formats'
import type { Log } from 'sarif'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/run.ts'
import { sarif } from '../../src/report/sarif.ts'
import { exampleReport } from './example-report.ts'
import { aCase, aPlace, aReport, hostile, manyPlaces } from './fixture.ts'

// sarif-schema-2.1.0.json is the schema of SARIF 2.1.0 (rtm.5, JSON Schema draft 4) as the npm package
// @microsoft/jest-sarif 1.0.0-beta.0 carries it (lib/schemas/sarif-2.1.0-rtm.5.json, from https://www.schemastore.org).
// Licence: MIT, (c) Microsoft Corporation, https://github.com/microsoft/sarif-js-sdk. Only this test uses it.
const {
  $schema: _draft,
  id: _id,
  ...schema
} = JSON.parse(readFileSync(new URL('sarif-schema-2.1.0.json', import.meta.url), 'utf8'))
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
formatsPlugin.default(ajv)
const valid = ajv.compile(schema)

function logOf(report: Report): Log {
  return JSON.parse([...sarif(report)].join(''))
}

function firstUri(file: string): string | undefined {
  const log = logOf(aReport([aCase('works', { findings: [aPlace({ file })] })]))
  return log.runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri
}

function prints(line: number): Readonly<Record<string, string>> | undefined {
  const log = logOf(aReport([aCase('works', { findings: [aPlace({ line })] })]))
  return log.runs[0]?.results?.[0]?.partialFingerprints
}

describe('sarif', () => {
  it.each([
    ['an example', exampleReport()],
    ['no case', aReport([])],
    [
      'hostile text',
      aReport([
        aCase('works', { shown: hostile, name: hostile, findings: [aPlace({ file: hostile, url: hostile, line: 0 })] }),
      ]),
    ],
    ['a case without places', aReport([aCase('works', { provider: null, kind: null, name: null, findings: [] })])],
  ])('is valid SARIF 2.1.0 with %s', (_, report) => {
    valid(logOf(report))
    expect(valid.errors ?? []).toEqual([])
  })

  it('gives a level by the verdict, and a result a place', () => {
    const cases = [
      aCase('works', { findings: [aPlace(), aPlace({ line: 2 })] }),
      aCase('unreachable'),
      aCase('rejected'),
      aCase('canary'),
    ]
    const results = logOf(aReport(cases)).runs[0]?.results ?? []
    expect(results.map(result => result.level)).toEqual(['error', 'error', 'warning', 'note', 'note'])
    expect(results[0]?.properties).toMatchObject({ state: 'live', reason: 'works' })
  })

  it('has a rule for each kind of key, with help and the index that results name', () => {
    const [run] = logOf(exampleReport()).runs
    const rules = run?.tool.driver.rules ?? []
    expect(rules[0]).toMatchObject({ id: 'stripe/secret-key', helpUri: 'https://dashboard.stripe.com/apikeys' })
    expect(rules[0]?.help?.text).toContain('3. Roll or delete the old key.')
    expect(run?.results?.every(({ ruleId, ruleIndex }) => rules[ruleIndex ?? -1]?.id === ruleId)).toBe(true)
  })

  it.each([
    ['shop/config/prod.env', 'shop/config/prod.env'],
    ['a b/ü#?%.env', 'a%20b/%C3%BC%23%3F%25.env'],
    ['win\\path\\x.env', 'win/path/x.env'],
    ['C:\\x\\y.env', 'file:///C:/x/y.env'],
    ['/etc/x.env', 'file:///etc/x.env'],
    ['//evil.example/x', 'file:///evil.example/x'],
    ['javascript:alert(1)', 'javascript%3Aalert(1)'],
    ['half\ud800pair', 'half%EF%BF%BDpair'],
  ])('writes %s as a URI reference', (file, uri) => {
    expect(firstUri(file)).toBe(uri)
  })

  it('gives the same place the same fingerprint in every run, and another place another', () => {
    expect(prints(1)).toEqual(prints(1))
    expect(prints(1)).not.toEqual(prints(2))
    expect(prints(1)?.['afterleak/v1']).toMatch(/^[0-9a-f]{64}$/)
  })

  it('lets no text become a link or a place-holder in a message', () => {
    const log = logOf(aReport([aCase('works', {}, { because: 'see [here](http://evil.example) {0}' })]))
    expect(log.runs[0]?.results?.[0]?.message.text).toContain('see \\[here\\](http://evil.example) {{0}}.')
  })

  it('writes a million places piece by piece', () => {
    const findings = manyPlaces(1_000_000)
    let longest = 0
    for (const piece of sarif(aReport([aCase('works', { findings })]))) longest = Math.max(longest, piece.length)
    expect(findings.read).toBe(1_000_000)
    expect(longest).toBeLessThan(4_000)
  }, 60_000)
})
