import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Loopback, startLoopback } from '../../src/demo/loopback.ts'
import { openNetwork } from '../../src/engine/network.ts'
import { type Ledger, noLedger, openLedger } from '../../src/ledger/ledger.ts'
import { type LedgerLine, readLedger, verifyLedger } from '../../src/ledger/read.ts'
import { planned } from '../engine/support.ts'
import { often } from '../often.ts'

let folder: string
let files = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'afterleak-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const opening = { run: 'run-1', version: '0', started: '2026-11-24T00:00:00Z' }
const at = '2026-11-24T00:00:01Z'

/** A ledger of so many calls; `head` is what the report of its run says. */
async function written(calls: number): Promise<{ readonly file: string; readonly head: string | null }> {
  const file = join(folder, `${++files}.jsonl`)
  const ledger = openLedger(file, opening)
  for (let call = 0; call < calls; call++) {
    const number = await ledger.sent(planned({ credential: `acme-${call}` }), at)
    ledger.answered(number, call % 2 === 0 ? { status: 200, requestId: `r-${call}` } : { failed: 'timeout' }, at)
  }
  const head = ledger.head()
  ledger.close()
  return { file, head }
}

async function linesOf(file: string): Promise<readonly LedgerLine[]> {
  const lines: LedgerLine[] = []
  for await (const line of readLedger(file)) lines.push(line)
  return lines
}

async function changed(change: (lines: string[]) => string[], calls = 4) {
  const { file, head } = await written(calls)
  writeFileSync(file, change(readFileSync(file, 'utf8').split('\n')).join('\n'))
  return { chain: await verifyLedger(file), head }
}

describe('a ledger', () => {
  it('is a whole chain, whose head is the one that the report shows', async () => {
    const { file, head } = await written(3)
    expect(await verifyLedger(file)).toEqual({ whole: true, lines: 8, head })
    expect(head).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is for its owner alone, and is not written over', async () => {
    const { file } = await written(1)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(() => openLedger(file, opening)).toThrow('EEXIST')
  })

  it('is not kept where nothing was sent, unless it is a link of a chain', async () => {
    const { file } = await written(0)
    expect(() => statSync(file)).toThrow('ENOENT')
    const linked = join(folder, 'linked.jsonl')
    openLedger(linked, { ...opening, resumes: 'run-0' }).close()
    expect(statSync(linked).size).toBeGreaterThan(0)
  })

  it('holds no secret, and says what, whom, how and for whom', async () => {
    const { file } = await written(2)
    expect(readFileSync(file, 'utf8')).not.toContain('S3cret')
    const lines = await linesOf(file)
    expect(lines.map(({ type }) => type)).toEqual(['run', 'sent', 'answered', 'sent', 'answered', 'end'])
    expect(lines[1]).toMatchObject({
      n: 1,
      method: 'GET',
      origin: 'https://api.acme.test',
      path: '/v1/me',
      credential: 'acme-0',
      effect: 'none',
    })
    expect(lines[2]).toMatchObject({ n: 1, status: 200, requestId: 'r-0' })
    expect(lines[4]).toMatchObject({ n: 2, failed: 'timeout' })
  })

  it('has the line on the disk when it says so, however many come at once', async () => {
    const file = join(folder, 'at-once.jsonl')
    const ledger = openLedger(file, opening)
    const there = Array.from({ length: 20 }, async (_, id) => {
      await ledger.sent(planned({ credential: `acme-${id}` }), at)
      expect(readFileSync(file, 'utf8')).toContain(`"acme-${id}"`)
    })
    await Promise.all(there)
    ledger.close()
    expect(await verifyLedger(file)).toMatchObject({ whole: true, lines: 22 })
  })

  it('is whole whatever a server calls its requests', async () => {
    const file = join(folder, 'odd.jsonl')
    const ledger = openLedger(file, opening)
    for (const requestId of ['\u2028', '\u2029', '\r', '\u0085', '"\\', '\ud800', '☃'])
      ledger.answered(await ledger.sent(planned(), at), { status: 200, requestId }, at)
    ledger.close()
    expect(await verifyLedger(file)).toMatchObject({ whole: true, lines: 16 })
  })

  it('takes nothing without being opened', () =>
    expect(noLedger.sent(planned(), at)).rejects.toThrow('nothing may be sent without a ledger'))
})

describe('a ledger that was changed is found out', () => {
  it('whichever byte was flipped', async () => {
    const { file, head } = await written(3)
    const bytes = readFileSync(file)
    // The end only says when; nothing follows it that could vouch for it.
    const end = bytes.lastIndexOf('{"type":"end"')
    await fc.assert(
      fc.asyncProperty(fc.nat(end - 1), fc.integer({ min: 1, max: 255 }), async (place, mask) => {
        const other = Buffer.from(bytes)
        other[place] = (other[place] ?? 0) ^ mask
        const copy = join(folder, 'flipped.jsonl')
        writeFileSync(copy, other)
        const chain = await verifyLedger(copy)
        expect(chain.whole && chain.head === head).toBe(false)
      }),
      often(150),
    )
  })

  it.each<readonly [string, (lines: string[]) => string[], number]>([
    ['a line was deleted', lines => lines.toSpliced(3, 1), 4],
    ['the first line was deleted', lines => lines.toSpliced(0, 1), 1],
    ['two lines were swapped', lines => [...lines.slice(0, 2), lines[3] ?? '', lines[2] ?? '', ...lines.slice(4)], 3],
    ['a line was inserted', lines => lines.toSpliced(2, 0, lines[1] ?? ''), 3],
    ['an empty line was inserted', lines => lines.toSpliced(2, 0, ''), 3],
    ['a line was made up', lines => lines.toSpliced(2, 0, '{"type":"sent","n":9,"prev":null}'), 3],
    ['its lines end otherwise', lines => lines.map(line => `${line}\r`), 2],
    ['its last line is cut off', lines => [...lines.slice(0, 5), lines[5]?.slice(0, 20) ?? ''], 6],
  ])('%s', async (_, change, line) => {
    expect((await changed(change)).chain).toMatchObject({ whole: false, line })
  })

  it('its last lines are missing: the head is not the one of the report', async () => {
    const { chain, head } = await changed(lines => lines.slice(0, 5))
    expect(chain).toMatchObject({ whole: true })
    expect(chain.whole && chain.head).not.toBe(head)
  })
})

it('reads a ledger whose last line was cut off by a crash, but for that line', async () => {
  const { file } = await written(2)
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.slice(0, text.lastIndexOf('{"type":"answered"') + 25))
  expect((await linesOf(file)).map(({ type }) => type)).toEqual(['run', 'sent', 'answered', 'sent'])
})

describe('the line of a call', () => {
  let server: Loopback
  let file: string
  let ledger: Ledger
  const atServer: string[] = []
  beforeAll(async () => {
    file = join(folder, 'live.jsonl')
    server = await startLoopback(['api.acme.test'], (_, response) => {
      atServer.push(readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) ?? '')
      response.writeHead(503).end()
    })
    ledger = openLedger(file, opening)
  })
  afterAll(async () => {
    ledger.close()
    await server.close()
  })

  it('is on the disk before the server sees the request, at each attempt', async () => {
    const { send, close } = openNetwork({
      transport: { allowed: () => false, idle: 1000, ca: [server.ca], route: server.route },
      ledger,
      agent: 'test',
      timeout: 1000,
      attempts: 3,
      patience: 0,
      signal: new AbortController().signal,
      random: () => 0,
    })
    await send(planned({ credential: 'acme-here' }), () => false)
    await close()
    const lines = atServer.map((line): unknown => JSON.parse(line))
    expect(lines).toEqual(
      [1, 2, 3].map(n => expect.objectContaining({ type: 'sent', n, credential: 'acme-here', path: '/v1/me' })),
    )
  })
})
