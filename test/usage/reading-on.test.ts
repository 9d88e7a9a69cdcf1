import { appendFileSync, writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { mapped } from '../../src/usage/formats/mapped.ts'
import { begin, path, readNew } from './log-folder.ts'

beforeEach(begin)

const second = (n: number): string => `2026-11-20 10:00:0${n}`
const pg = (n: number, text: string): string => `${second(n)} UTC [42] LOG:  ${text}\n`
const mysql = (n: number, text: string): string => `2026-11-20T10:00:0${n}.000000Z\t    8 ${text}\n`
const inDocker = (n: number, text: string): string => `${JSON.stringify({ log: pg(n, text), stream: 'stderr' })}\n`

describe('a log whose lines are understood by those before', () => {
  it.each([
    ['PostgreSQL', pg, 'connection authorized: user=app database=shop', 'statement: SELECT 1'],
    ['PostgreSQL in JSON', inDocker, 'connection authorized: user=app database=shop', 'statement: SELECT 1'],
    ['MySQL', mysql, 'Connect\tapp@192.0.2.7 on shop using TCP/IP', 'Query\tSELECT 1'],
  ])('is read on from where it ended: %s', async (_what, line, opened, asked) => {
    writeFileSync(path('db.log'), line(1, opened))
    expect(await readNew()).toMatchObject({ who: ['app'] })
    appendFileSync(path('db.log'), line(2, asked))
    expect(await readNew()).toMatchObject({ who: ['app'], names: [expect.stringContaining('from byte')], warned: [] })
    appendFileSync(path('db.log'), line(3, asked))
    expect(await readNew()).toMatchObject({ who: ['app'] })
  })

  it('is another log when it was cut off and written anew: nobody is taken for who was there before', async () => {
    writeFileSync(path('db.log'), pg(1, 'connection authorized: user=app database=shop'))
    await readNew()
    writeFileSync(path('db.log'), pg(2, 'statement: SELECT 1'))
    expect(await readNew()).toMatchObject({ who: ['nobody'], names: ['/db.log'] })
  })

  it('forgets a session that has ended', async () => {
    writeFileSync(
      path('db.log'),
      pg(1, 'connection authorized: user=app database=shop') + pg(2, 'disconnection: session time: 0:00:01'),
    )
    await readNew()
    appendFileSync(path('db.log'), pg(3, 'statement: SELECT 1'))
    expect(await readNew()).toMatchObject({ who: ['nobody'] })
  })
})

describe('a table', () => {
  const heading = 'time,user,action,comment\n'
  const map = mapped({
    source: 'own',
    fields: { time: 'time', principal: 'user', action: 'action' },
    key_is: 'id',
    success: [],
    blind: [],
  })
  const entry = (n: number, comment = ''): string => `${second(n)}Z,alice,deploy-n${n},${comment}\n`

  it('keeps its headings, and what separates its cells, whatever its rows begin with', async () => {
    writeFileSync(path('own.csv'), heading.replaceAll(',', ';') + entry(1).replaceAll(',', ';'))
    expect((await readNew([map])).seen).toEqual(['1'])
    appendFileSync(
      path('own.csv'),
      entry(2, '"a, b, c, d, e, f"').replace(/,/, ';').replace(/,/, ';').replace(/,/, ';'),
    )
    expect(await readNew([map])).toMatchObject({
      seen: ['2'],
      warned: [],
      names: [expect.stringContaining('from byte')],
    })
  })

  it('waits for a row that is still being written within its quotes', async () => {
    writeFileSync(path('own.csv'), `${heading}${entry(1)}${second(2)}Z,alice,deploy-n2,"one\n`)
    expect((await readNew([map])).seen).toEqual(['1'])
    appendFileSync(path('own.csv'), `two\n`)
    expect((await readNew([map])).seen).toEqual([])
    appendFileSync(path('own.csv'), `three"\n${entry(3)}`)
    expect(await readNew([map])).toMatchObject({ seen: ['2', '3'], warned: [] })
    appendFileSync(path('own.csv'), entry(4))
    expect((await readNew([map])).seen).toEqual(['4'])
  })

  it('does not wait for a quote that is never closed for longer than a row may be', async () => {
    writeFileSync(path('own.csv'), `${heading}${entry(1)}${second(2)}Z,alice,deploy-n2,"${'x'.repeat(70_000)}\n`)
    expect((await readNew([map])).seen).toEqual(['1'])
    appendFileSync(path('own.csv'), entry(3))
    expect((await readNew([map])).seen).toEqual(['3'])
  })
})
