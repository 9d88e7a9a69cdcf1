import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { gzipSync } from 'node:zlib'
import { assert, asyncProperty, constantFrom, array as listOf } from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { logFormats } from '../../src/usage/formats.ts'
import { logFiles } from '../../src/usage/log-files.ts'
import { readParts } from '../../src/usage/log-parts.ts'
import { LogReader } from '../../src/usage/read.ts'
import { begin, logs, numberIn, path, place, readNew, row, said, settle, trail, web, written } from './log-folder.ts'

beforeEach(begin)

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
