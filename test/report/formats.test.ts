import { describe, expect, it } from 'vitest'
import { inChunks } from '../../src/report/chunks.ts'
import { formats, isFormatName } from '../../src/report/formats.ts'
import { exampleReport } from './example-report.ts'
import { aCase, aReport, manyPlaces } from './fixture.ts'

describe('formats', () => {
  it.each(Object.entries(formats))('%s writes a report, and one without cases', (name, { says, write }) => {
    expect(isFormatName(name)).toBe(true)
    expect(says).toMatch(/^\S.+[^.]$/)
    expect([...write(exampleReport())].join('').length).toBeGreaterThan(100)
    expect(() => [...write(aReport([]))]).not.toThrow()
  })

  it('knows no other name', () => {
    expect(isFormatName('toString')).toBe(false)
  })

  it('writes a million places in chunks, none of them large', () => {
    let [chunks, longest] = [0, 0]
    for (const chunk of formats.json.write(aReport([aCase('works', { findings: manyPlaces(1_000_000) })]))) {
      chunks += 1
      longest = Math.max(longest, chunk.length)
    }
    expect(chunks).toBeGreaterThan(1_000)
    expect(longest).toBeLessThan(70_000)
  })

  it('joins small pieces and loses none', () => {
    expect([...inChunks(['a', 'b', 'cd', 'e'], 2)]).toEqual(['ab', 'cd', 'e'])
    expect([...inChunks([])]).toEqual([])
  })
})
