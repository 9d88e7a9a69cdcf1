import { describe, expect, it } from 'vitest'
import { markdown } from '../../src/report/markdown.ts'
import { exampleInvestigation } from './example-investigation.ts'
import { exampleReport } from './example-report.ts'
import { aCase, aPlace, aReport, hostile } from './fixture.ts'

describe('markdown', () => {
  it('begins with the sentence that matters and gives the steps for each live key', () => {
    const text = [...markdown(exampleReport())].join('')
    expect(text.split('\n')[0]).toBe('## 5 of 72 keys still work. 18 could not be decided.')
    expect(text).toContain('- Dead: 38 (33 rejected, 5 expired)')
    expect(text).toContain('3. [ ] Roll or delete the old key.')
    expect(text).toContain('`ghp_…k3Vd` ×4')
  })

  it('begins with the sentence of the page after an investigation', () => {
    const lines = [...markdown(exampleInvestigation())].join('').split('\n')
    expect(lines[0]).toBe('## 5 of 72 keys work; 1 is being misused; act on 2 today; look into 1.')
    expect(lines[2]).toMatch(/^18 could not be decided; 1 key that no longer works was misused; /)
  })

  it('lets no HTML, link, mention or table bar of a report through', () => {
    const said = `${hostile} @someone | www.evil.example`
    const place = aPlace({ file: hostile, url: 'javascript:alert(1)' })
    const text = [
      ...markdown(aReport([aCase('works', { name: said, shown: 'a|b``c', findings: [place] }, { because: said })])),
    ].join('')
    const outside = text.replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '')
    expect(outside).not.toMatch(/(?<!\\)<|(?<!\\)\[(?! \])|@s|www\.|:\/\//)
    expect(text).not.toContain('](<javascript')
    expect(text).toContain('```a\\|b``c```')
  })

  it('keeps every row of a table to its columns', () => {
    const cases = ['a|b', 'a\\|b', 'a\\\\|b', '`|`', '\\'].map(shown => aCase('works', { shown, name: shown }))
    const text = [...markdown(aReport(cases))].join('')
    const table = text.split('\n').filter(line => line.startsWith('| '))
    expect(table.map(cells)).toEqual(table.map(() => 6))
  })

  it('links only to https', () => {
    const places = ['https://example.com/a', 'http://example.com/b'].map(url => aPlace({ url }))
    const text = [...markdown(aReport([aCase('works', { findings: places })]))].join('')
    expect(text).toContain('](<https://example.com/a>)')
    expect(text).not.toContain('http://example.com/b')
  })
})

/** As GFM splits a row: a backslash and what follows it are one. */
function cells(line: string): number | undefined {
  return line.match(/(?:\\.|[^|\\])+/g)?.length
}
