import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { logFiles } from '../../src/usage/log-files.ts'
import { gather, input, keyId, keys, trail } from './support.ts'

const key = keyId('cover')
const asked = [keys('c', { ids: [key] })]

describe('what a log can tell', () => {
  it('is said with its window and its blind spots', async () => {
    const { sourceIPAddress: _, ...rest } = trail(key, { eventTime: '2026-11-02T00:00:00Z', eventID: 'b' })
    const { coverage, files } = await gather(
      [input(JSON.stringify({ Records: [trail(key), rest, trail('other')] }))],
      asked,
    )
    expect(coverage).toEqual([
      {
        source: 'cloudtrail',
        state: 'ok',
        window: { from: '2026-11-01T10:00:00.000Z', to: '2026-11-02T00:00:00.000Z' },
        covers: 'key',
        lag: expect.stringContaining('15'),
        blind: [expect.stringContaining('management events only'), expect.stringMatching(/^33 %/)],
      },
    ])
    expect(files).toEqual([expect.objectContaining({ file: 'log', events: 3, joined: 2, unknown: 0 })])
  })

  it('is not called blind for S3 where S3 reads are in it', async () => {
    const text = JSON.stringify(trail(key, { managementEvent: false, eventCategory: 'Data' }))
    expect((await gather([input(text)], asked)).coverage[0]).not.toHaveProperty('blind')
  })

  it('is partial where lines could not be understood', async () => {
    const text = `${JSON.stringify(trail(key))}\n{"hello":1}\n`
    expect((await gather([input(text)], asked)).coverage[0]).toMatchObject({
      state: 'partial',
      why: expect.stringContaining('1'),
    })
  })
})

describe('a folder of logs', () => {
  it('is walked as S3 lays it out, without digests and without circles', async () => {
    const root = mkdtempSync(join(tmpdir(), 'afterleak-logs-'))
    const day = join(root, 'AWSLogs', '123456789012', 'CloudTrail', 'eu-west-1', '2026', '11', '01')
    mkdirSync(day, { recursive: true })
    mkdirSync(join(root, 'AWSLogs', '123456789012', 'CloudTrail-Digest'))
    writeFileSync(join(root, 'AWSLogs', '123456789012', 'CloudTrail-Digest', 'd.json'), '{"digestStartTime":"x"}')
    writeFileSync(join(day, 'a.json.gz'), gzipSync(JSON.stringify({ Records: [trail(key)] })))
    writeFileSync(join(day, 'b.json.gz'), gzipSync(JSON.stringify({ Records: [trail(key, { eventID: 'b' })] })))
    symlinkSync(root, join(day, 'circle'))
    const found = []
    for await (const one of logFiles(root)) found.push(one)
    const usage = await gather(found, asked)
    rmSync(root, { recursive: true })
    expect(found.map(({ name }) => name.slice(-9))).toEqual(['a.json.gz', 'b.json.gz'])
    expect(usage.warnings).toEqual([])
    expect(usage.history('c')).toHaveLength(2)
  })

  it('says what is not there', async () => {
    const found = []
    for await (const one of logFiles('/nowhere/at/all')) found.push(one)
    expect((await gather(found, asked)).warnings).toEqual([
      { file: '/nowhere/at/all', message: 'does not exist.', unreadable: true },
    ])
  })
})
