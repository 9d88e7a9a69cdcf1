import { Ajv2020 } from 'ajv/dist/2020.js'
import formatsPlugin from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { reasons } from '../../src/model/verdict.ts'
import { json } from '../../src/report/json.ts'
import { reportSchema } from '../../src/report/json-schema.ts'
import { caseLine, jsonl } from '../../src/report/jsonl.ts'
import { exampleInvestigation } from './example-investigation.ts'
import { exampleReport } from './example-report.ts'
import { aCase, aPlace, aReport, hostile, manyPlaces } from './fixture.ts'

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true })
formatsPlugin.default(ajv)
const valid = ajv.compile(reportSchema)

function errorsOf(document: unknown): unknown {
  valid(document)
  return valid.errors ?? []
}

describe('json', () => {
  it('keeps to its published schema', () => {
    const document: unknown = JSON.parse([...json(exampleReport())].join(''))
    expect(errorsOf(document)).toEqual([])
  })

  it('keeps to it after an investigation, the zone of the hours too', () => {
    const document: unknown = JSON.parse([...json(exampleInvestigation())].join(''))
    expect(errorsOf(document)).toEqual([])
    expect(JSON.stringify(document)).toContain('"zone":"Europe/Dublin"')
  })

  it.each(Object.values(reasons).flat())('keeps to its schema for %s', reason => {
    const one = aCase(
      reason,
      { findings: [aPlace({ file: hostile, author: hostile })] },
      { identity: { owner: hostile } },
    )
    expect(errorsOf(JSON.parse([...json(aReport([one]))].join('')))).toEqual([])
  })

  it('has a schema that knows no other keys, and no reason of another state', () => {
    const document = JSON.parse([...json(aReport([aCase('works')]))].join(''))
    expect(errorsOf({ ...document, extra: 1 })).not.toEqual([])
    document.cases[0].verdict.state = 'dead'
    expect(errorsOf(document)).not.toEqual([])
  })

  it('says how parts that were found apart came together, and what could belong to it', () => {
    const candidates = [{ id: 'aws-1', shown: 'AbCd…wXyZ', pairing: 'near' as const }]
    const one = { ...aCase('ambiguous_pair'), pairing: 'near' as const, candidates }
    const document = JSON.parse([...json(aReport([one]))].join(''))
    expect(errorsOf(document)).toEqual([])
    expect(document.cases[0]).toMatchObject({ pairing: 'near', candidates })
  })

  it('writes a report without cases', () => {
    expect(errorsOf(JSON.parse([...json(aReport([]))].join('')))).toEqual([])
  })

  it('holds every place and says the same as the report', () => {
    const report = exampleReport()
    const document = JSON.parse([...json(report)].join(''))
    expect(document.run).toEqual(report.run)
    expect(document.cases[0].findings).toHaveLength(3204)
    expect(document.cases[1]).toEqual(JSON.parse(JSON.stringify(report.cases[1])))
  })

  it('writes a million places piece by piece, none of them held', () => {
    const findings = manyPlaces(1_000_000)
    let longest = 0
    for (const piece of json(aReport([aCase('works', { findings })]))) longest = Math.max(longest, piece.length)
    expect(findings.read).toBe(1_000_000)
    expect(longest).toBeLessThan(2_000)
  })
})

describe('jsonl', () => {
  it('writes a case a line, each as in the JSON report', () => {
    const lines = [...jsonl(exampleReport())].join('').trimEnd().split('\n')
    const document = JSON.parse([...json(exampleReport())].join(''))
    expect(lines).toHaveLength(document.cases.length)
    expect({ ...JSON.parse(lines[1] ?? ''), id: '' }).toEqual({ ...document.cases[1], id: '' })
  })

  it('writes one case as one line while the run goes on', () => {
    const line = [...caseLine(aCase('works', { findings: [aPlace({ file: 'two\nlines' }), aPlace()] }))].join('')
    expect(line.indexOf('\n')).toBe(line.length - 1)
    expect(JSON.parse(line).findings).toHaveLength(2)
  })
})
