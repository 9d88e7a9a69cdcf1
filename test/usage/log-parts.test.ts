import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { assert, asyncProperty, constantFrom, array as listOf } from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { type LogMark, Logs } from '../../src/store/logs.ts'
import type { LogFormat } from '../../src/usage/format.ts'
import { mapped } from '../../src/usage/formats/mapped.ts'
import { logFormats } from '../../src/usage/formats.ts'
import { logFiles } from '../../src/usage/log-files.ts'
import { newParts, readParts } from '../../src/usage/log-parts.ts'
import { LogReader } from '../../src/usage/read.ts'
import { folder } from '../cli/support.ts'

let place: string
let logs: Logs
let written = 0

beforeEach(async () => {
  await begin()
})

async function begin(): Promise<void> {
  place = folder()
  written = 0
  logs = new Logs(await openDatabase(':memory:'))
}

const path = (name: string): string => join(place, name)
const minutes = (n: number): string => String(Math.floor(n / 60) % 60).padStart(2, '0')

/** The next line of a web server's log: each has a path of its own. */
function web(n = ++written): string {
  return `192.0.2.7 - alice [20/Nov/2026:10:${minutes(n)}:${String(n % 60).padStart(2, '0')} +0000] "GET /n${n} HTTP/1.1" 200 5 "-" "curl/8.0"\n`
}

function trail(n = ++written): string {
  const eventTime = `2026-11-20T10:${minutes(n)}:00Z`
  return `${JSON.stringify({ eventVersion: '1.08', eventID: `n${n}`, eventTime, eventSource: 's3.amazonaws.com', eventName: `GetN${n}`, userIdentity: { accessKeyId: 'none' } })}\n`
}

/** A row of PostgreSQL's csvlog: its message has two lines, and marks that separate nothing. */
function row(n = ++written): string {
  const second = `2026-11-20 10:${minutes(n)}:${String(n % 60).padStart(2, '0')} UTC`
  return `${second},app,n${n},42,192.0.2.7:5000,a.b,${n},authentication,${second},1/1,0,LOG,00000,"connection authorized: user=app database=n${n},; \t\n""as said""",,,,,,,,,psql\n`
}

/** A line of PostgreSQL's log, whose user is known by an earlier one of its session. */
function said(n = ++written): string {
  const second = `2026-11-20 10:${minutes(n)}:${String(n % 60).padStart(2, '0')} UTC`
  return `${second} [42] LOG:  connection authorized: user=app database=n${n}                              .\n`
}

/** The operations that a reading sees, and what it warns of. Lines that are being written may still go on. */
async function readNew(more: readonly LogFormat[] = []): Promise<{
  readonly seen: readonly string[]
  readonly who: readonly string[]
  readonly warned: readonly string[]
  names: readonly string[]
}> {
  const [seen, who, warned, names]: [string[], string[], string[], string[]] = [[], [], [], []]
  const warn = ({ message }: { readonly message: string }): void => void warned.push(message)
  const marks: LogMark[] = []
  const keep = (mark: LogMark): void => void marks.push(mark)
  for await (const input of newParts(logFiles(place), { marks: logs, warn, keep })) {
    names.push(input.name.replace(place, ''))
    const reader = new LogReader(input, { formats: [...more, ...logFormats], warn })
    for await (const { events } of reader.read()) {
      seen.push(...events.map(event => numberIn(event.action, event.resource)))
      who.push(...events.map(({ principals: [name = 'nobody'] }) => name))
    }
    input.done?.(reader.goesOn)
  }
  for (const mark of marks) logs.keep(mark, 0)
  return { seen, who, warned, names }
}

function numberIn(...texts: readonly (string | undefined)[]): string {
  return /\d+/.exec(texts.join(' ').replace(/^.*n(?=\d)/i, ''))?.[0] ?? texts.join(' ')
}

/** Its last write was long ago. */
function settle(name: string): void {
  const long = new Date(Date.now() - 3_600_000)
  utimesSync(path(name), long, long)
}

describe.each([
  ['a web log', web],
  ['JSON lines', trail],
  ['a table', row],
  ['lines of sessions', said],
])('of %s', (_what, line) => {
  it('is read what is new, and an unchanged file is not opened', async () => {
    writeFileSync(path('access.log'), line() + line())
    expect((await readNew()).seen).toEqual(['1', '2'])
    expect(await readNew()).toMatchObject({ seen: [], names: [] })
    appendFileSync(path('access.log'), line())
    expect(await readNew()).toMatchObject({ seen: ['3'], warned: [], names: [expect.stringContaining('from byte')] })
  })

  it('nothing is missed or read twice when it is rotated, packed, or copied and cut off', async () => {
    writeFileSync(path('access.log'), line() + line())
    await readNew()
    appendFileSync(path('access.log'), line())
    renameSync(path('access.log'), path('access.log.1'))
    writeFileSync(path('access.log'), line())
    expect((await readNew()).seen.toSorted()).toEqual(['3', '4'])
    writeFileSync(path('access.log.2.gz'), gzipSync(readFileSync(path('access.log.1'))))
    rmSync(path('access.log.1'))
    expect((await readNew()).seen).toEqual([])
    appendFileSync(path('access.log'), line())
    copyFileSync(path('access.log'), path('access.log.1'))
    truncateSync(path('access.log'))
    appendFileSync(path('access.log'), line() + line() + line() + line())
    expect((await readNew()).seen.toSorted()).toEqual(['5', '6', '7', '8', '9'])
  })

  it('a line that is still being written waits for its end, but not for ever', async () => {
    const [whole, half, last] = [line(), line(), line()]
    writeFileSync(path('access.log'), whole + half.slice(0, 60))
    expect(await readNew()).toMatchObject({ seen: ['1'], warned: [] })
    expect((await readNew()).seen).toEqual([])
    appendFileSync(path('access.log'), half.slice(60) + last.trimEnd().slice(0, 60))
    expect((await readNew()).seen).toEqual(['2'])
    appendFileSync(path('access.log'), last.trimEnd().slice(60))
    settle('access.log')
    expect((await readNew()).seen).toEqual(['3'])
    expect((await readNew()).seen).toEqual([])
  })

  it('one that began like another and went on otherwise is another log, and read as a whole', async () => {
    const beginning = Array.from({ length: 60 }, () => line()).join('')
    writeFileSync(path('access.log'), beginning + line() + line())
    await readNew()
    const [first, second, third] = [line(), line(), line()]
    writeFileSync(path('other.log'), beginning + first + second + third)
    expect((await readNew()).seen.slice(-3)).toEqual(['63', '64', '65'])
    writeFileSync(path('access.log'), beginning + third)
    expect((await readNew()).seen.slice(-1)).toEqual(['65'])
  })

  it('every line is read once, whatever happens to the files between two readings', async () => {
    const happenings = ['line', 'lines', 'half', 'rest', 'rotate', 'pack', 'cut', 'other', 'read'] as const
    await assert(
      asyncProperty(listOf(constantFrom(...happenings), { minLength: 3, maxLength: 25 }), async steps => {
        await begin()
        const seen: string[] = []
        let rest = ''
        for (const step of [...steps, 'rest', 'read'] as const) {
          if (step === 'read') seen.push(...(await readNew()).seen)
          else rest = happen(step, line, rest)
        }
        expect(seen.toSorted()).toEqual(Array.from({ length: written }, (_, i) => String(i + 1)).toSorted())
      }),
      { numRuns: 60 },
    )
  }, 60_000)
})

let packed = 0

/** What a logger and its rotation do; comes back with the part of a line that is still to be written. */
function happen(step: string, line: () => string, rest: string): string {
  const log = path('access.log')
  if (step === 'other') writeFileSync(path(`other-${++packed}.log`), line())
  if (step === 'other' || (step === 'rest' && rest === '')) return rest
  if (step === 'half') {
    const text = line()
    appendFileSync(log, rest + text.slice(0, 60))
    return text.slice(60)
  }
  if (['line', 'lines', 'rest'].includes(step)) {
    const count = { line: 1, lines: 60 }[step] ?? 0
    appendFileSync(log, rest + Array.from({ length: count }, () => line()).join(''))
    return ''
  }
  // Nobody rotates in the middle of a line.
  if (rest !== '' || !existsSync(log)) return rest
  const old = path(`access.log.${++packed}`)
  if (step === 'rotate') renameSync(log, old)
  else if (step === 'pack') writeFileSync(`${old}.gz`, gzipSync(readFileSync(log)))
  else copyFileSync(log, old)
  if (step === 'pack') rmSync(log)
  if (step === 'cut') truncateSync(log)
  return ''
}

describe('a log that is not read by lines', () => {
  it('is read as a whole when it has changed, under the name that it had', async () => {
    const records = (count: number): string =>
      JSON.stringify({ Records: Array.from({ length: count }, (_, i): unknown => JSON.parse(trail(i + 1))) })
    writeFileSync(path('a.json'), records(2))
    expect((await readNew()).seen).toEqual(['1', '2'])
    renameSync(path('a.json'), path('b.json'))
    expect((await readNew()).seen).toEqual([])
    writeFileSync(path('b.json'), records(3))
    expect((await readNew()).seen).toEqual(['1', '2', '3'])
  })
})

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

it('reads for a new key all that was read before, and no more', async () => {
  writeFileSync(path('access.log'), web() + web())
  await readNew()
  appendFileSync(path('access.log'), web())
  const seen: string[] = []
  for await (const input of readParts(logFiles(place), { marks: logs, warn: () => undefined })) {
    const reader = new LogReader(input, { formats: logFormats, warn: () => undefined })
    for await (const { events } of reader.read())
      seen.push(...events.map(({ action, resource }) => numberIn(action, resource)))
  }
  expect(seen).toEqual(['1', '2'])
})
