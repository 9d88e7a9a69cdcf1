import { parse } from 'csv-parse/sync'
import { array, assert, asyncProperty, boolean, constantFrom, nat, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Warning } from '../../src/model/finding.ts'
import { csvRows } from '../../src/text/csv-rows.ts'
import { Notes } from '../../src/text/notes.ts'
import { often } from '../often.ts'

const long = 16 * 1024 * 1024

async function read(...pieces: readonly string[]): Promise<{ rows: string[][]; said: string[] }> {
  const said: string[] = []
  const notes = new Notes('table.csv', ({ message }: Warning) => said.push(message))
  const rows: string[][] = []
  for await (const some of csvRows(oneByOne(pieces), notes)) for (const row of some) rows.push([...row])
  notes.end()
  return { rows, said }
}

async function* oneByOne(pieces: readonly string[]): AsyncGenerator<string> {
  yield* pieces
}

function cutAt(text: string, places: readonly number[]): string[] {
  const cuts = [0, ...places.map(place => place % (text.length + 1)).toSorted((a, b) => a - b), text.length]
  return cuts.slice(1).map((cut, i) => text.slice(cuts[i], cut))
}

const character = constantFrom('a', 'é', '😀', ' ', '"', ',', '\n', '\r\n')
const cell = array(character, { maxLength: 6 }).map(some => some.join(''))
const table = array(array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 })
const layout = record({ newline: constantFrom('\n', '\r\n'), quoteAll: boolean(), last: boolean() })

function written(rows: readonly (readonly string[])[], { newline, quoteAll, last }: Layout): string {
  const lines = rows.map(row =>
    row.map(text => (quoteAll || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(','),
  )
  return lines.join(newline) + (last ? newline : '')
}

interface Layout {
  readonly newline: string
  readonly quoteAll: boolean
  readonly last: boolean
}

describe('The rows of a table', () => {
  it('are what was written, as csv-parse reads them, wherever the text is cut into pieces', async () => {
    await assert(
      asyncProperty(table, layout, array(nat(), { maxLength: 5 }), async (rows, how, places) => {
        // The first piece tells the delimiter and the line's end.
        const heading = `a,b${how.newline}`
        const text = written(rows, how)
        const { rows: found, said } = await read(heading, ...cutAt(text, places))
        expect(said).toEqual([])
        expect(found).toEqual([['a', 'b'], ...rows])
        expect(found).toEqual(parse(heading + text, { relax_column_count: true, relax_quotes: true }))
      }),
      often(500),
    )
  })

  it('take any text whatever, with nothing thrown', async () => {
    const text = array(constantFrom('"', '""', ',', ';', '\n', '\r', 'a', '\0'), { maxLength: 40 })
    await assert(
      asyncProperty(text, array(nat(), { maxLength: 5 }), async (some, places) => {
        const whole = some.join('')
        const { rows } = await read(...cutAt(whole, places))
        expect(rows.flat().join('').length).toBeLessThanOrEqual(whole.length)
      }),
      often(),
    )
  })

  it.each([
    ['a quote inside a cell as it stands', 'a,b\nx="1",y "z"\n', [['x="1"', 'y "z"']]],
    ['what comes after a closing quote', 'a,b\n"x"y,z\n', [['xy', 'z']]],
    ['no empty lines', 'a,b\n\n\r\n1,2\n\n', [['1', '2']]],
    ['an empty cell in quotes', 'a,b\n""\n"",""\n', [[''], ['', '']]],
    ['rows of any width', 'a,b\n1\n1,2,3', [['1'], ['1', '2', '3']]],
    [
      'the line ends of old Macintoshes',
      'a,b\r1,2\r"x\ry",3',
      [
        ['1', '2'],
        ['x\ry', '3'],
      ],
    ],
  ])('have %s', async (_, text, rows) => {
    expect(await read(text)).toEqual({ rows: [['a', 'b'], ...rows], said: [] })
  })

  it('are read up to a quoted cell that does not end', async () => {
    const { rows, said } = await read('a,b\n1,2\n3,"4\n', '5,6\n')
    expect(rows).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
    expect(said).toEqual(['has a quoted field that does not end. What came before was read.'])
  })

  it.each([
    ['without a quote', 'x'],
    ['of doubled quotes', '""'],
  ])('are read around one longer than 16 MB, %s', async (_, part) => {
    const start = part === 'x' ? 'x' : '"'
    const piece = part.repeat(65_536 / part.length)
    const pieces = Array.from({ length: long / 65_536 + 40 }, () => piece)
    const { rows, said } = await read('a,b\n1,2\n', start, ...pieces, '\n3,4\n')
    expect(rows.map(row => row.map(text => text.slice(0, 9)))).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ])
    expect(said).toEqual(['A row is longer than 16 MB and was left out.'])
  })
})
