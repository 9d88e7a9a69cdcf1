import { createReadStream, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { array, assert, asyncProperty, nat, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { often } from '../often.ts'
import { gzip, json, jsonLines, key, read, readInput } from './support.ts'

const leaks = Array.from({ length: 5 }, (_, i) => ({
  RuleID: `rule-${i}`,
  Secret: key('tok_', 24, i),
  File: `ä"\\${i}.py`,
  StartLine: i + 1,
  Tags: ['}', '{"'],
}))
const values = leaks.map(({ Secret }) => Secret)
const hogs = leaks.map(({ Secret }) => ({
  SourceMetadata: { Data: {} },
  DetectorName: 'X',
  DecoderName: 'PLAIN',
  Raw: Secret,
}))
const pretty = json(...leaks)
const sarif = JSON.stringify({
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'gitleaks' } },
      results: leaks.map(({ Secret }) => ({
        message: {},
        locations: [{ physicalLocation: { region: { snippet: { text: Secret } } } }],
      })),
    },
  ],
})
const csv = `secret,file\n${leaks.map(({ Secret }) => `${Secret},"a\n""b"""`).join('\n')}\n`
const lines = values.join('\r\n')
const env = leaks.map(({ Secret }, i) => `V${i}_KEY="${Secret}"`).join('\n')
const reports = { pretty, minified: JSON.stringify(leaks), lines: jsonLines(...hogs), sarif, csv, keys: lines, env }

async function valuesIn(bytes: Parameters<typeof read>[0]): Promise<(string | undefined)[]> {
  return (await read(bytes)).findings.map(({ value }) => value)
}

describe('broken input', () => {
  it('names the broken line of JSON lines and reads the others', async () => {
    const rows = jsonLines(...hogs).split('\n')
    rows[2] = rows[2]?.slice(0, 40) ?? ''
    const { findings, warnings } = await read(rows.join('\n'))
    expect(findings.map(({ value }) => value)).toEqual(values.filter((_, i) => i !== 2))
    expect(warnings).toMatchObject([
      { line: 3, message: expect.stringMatching(/^Line 3 is not JSON \(it ends too early\)/) },
    ])
  })

  it.each([
    ['a record that lost its bracket', (text: string) => text.replace(/\n \},\n/, ',\n'), 4],
    ['a record with a stray word', (text: string) => text.replace('"StartLine": 1', '"StartLine": oops'), 4],
    ['a text that lost its quote', (text: string) => text.replace('rule-1"', 'rule-1'), 4],
    ['a document cut in the middle', (text: string) => text.slice(0, text.indexOf('rule-3')), 3],
  ])('keeps what is around %s', async (_what, spoil, count) => {
    const { findings, warnings } = await read(spoil(pretty))
    expect(findings.length).toBe(count)
    expect(warnings.length).toBe(1)
  })

  it.each([
    ['lost its bracket', '},{"RuleID":"rule-2"', ',{"RuleID":"rule-2"'],
    ['has a stray word', '"StartLine":2', '"StartLine":oops'],
  ])('keeps what is around a record on the same line that %s', async (_what, from, to) => {
    const { findings, warnings } = await read(JSON.stringify(leaks).replace(from, to))
    expect(findings.map(({ rule }) => rule)).toEqual(['rule-0', 'rule-2', 'rule-3', 'rule-4'])
    expect(warnings.length).toBe(1)
  })

  it('names the line at which a broken record begins, wherever the text is cut', async () => {
    const text = pretty.replace('"StartLine": 4', '"StartLine": oops')
    const begins = text.slice(0, text.indexOf('"RuleID": "rule-3"')).split('\n').length - 1
    for (const bytes of [[Buffer.from(text)], Array.from(Buffer.from(text), byte => Uint8Array.of(byte))])
      expect((await read(bytes)).warnings.map(({ line }) => line)).toEqual([begins])
  })

  it('reads several objects on a line, and arrays one after another', async () => {
    expect(
      await valuesIn(`${JSON.stringify(leaks[0])}\n${JSON.stringify(leaks[1])}${JSON.stringify(leaks[2])}\n`),
    ).toEqual(values.slice(0, 3))
    expect(await valuesIn(`${json(...leaks.slice(0, 2))}\n${json(...leaks.slice(2))}`)).toEqual(values)
  })

  it('counts what it would say too often', async () => {
    const { warnings } = await read(jsonLines(...hogs, ...hogs).replace(/\n$/, `\n${'{"x\n'.repeat(50)}`))
    expect(warnings.length).toBe(21)
    expect(warnings.at(-1)?.message).toBe('30 more lines are not JSON.')
  })

  it('never repeats the input in a warning', async () => {
    const text = `${jsonLines(...hogs)}${JSON.stringify(hogs[0]).replace(':', ' ')}\n${values[0]}\n`
    const { warnings } = await read(text)
    expect(warnings.length).toBe(2)
    for (const value of values) expect(JSON.stringify(warnings)).not.toContain(value)
  })

  it.each([
    ['deep JSON', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    [
      'deep JSON in a record',
      `[{"RuleID":"r","Secret":"${values[0]}","x":${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}}]`,
    ],
    ['open brackets', '{"a":['.repeat(100_000)],
    ['a huge text', json({ RuleID: 'r', Secret: 's'.repeat(20_000_000) })],
    ['a prototype', '{"__proto__":{"provider":"x"},"provider":"constructor","parts":{"__proto__":"k"}}'],
  ])('outlives %s', async (_what, text) => {
    expect((await read(text)).findings.length).toBeLessThanOrEqual(1)
  })
})

describe('bytes', () => {
  const wide = Buffer.from(`\ufeff${pretty}`, 'utf16le')
  it.each([
    ['a byte order mark', Buffer.from(`\ufeff${pretty}`)],
    ['CRLF', Buffer.from(pretty.replaceAll('\n', '\r\n'))],
    ['UTF-16 LE', wide],
    ['UTF-16 BE', Buffer.from(wide).swap16()],
    ['UTF-16 LE without a mark', wide.subarray(2)],
    ['gzip', gzip(pretty)],
    ['gzip of UTF-16', gzip(wide.toString('latin1')) && Buffer.from(gzip(pretty))],
  ])('reads %s', async (_what, bytes) => {
    expect((await read(bytes)).warnings).toEqual([])
    expect(await valuesIn(bytes)).toEqual(values)
  })

  it('keeps what comes before the end of truncated gzip', async () => {
    const many = jsonLines(...Array.from({ length: 5000 }, (_, i) => ({ ...hogs[0], Raw: key('tok_', 24, i) + i })))
    const packed = gzip(many)
    const { findings, warnings } = await read(packed.subarray(0, packed.length / 2))
    expect(findings.length).toBeGreaterThan(100)
    expect(warnings.some(({ message }) => message.includes('gzip'))).toBe(true)
  })

  it.each([
    ['bytes', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)), 'is not text.'],
    ['a zip archive', Buffer.from('504b030414000000', 'hex'), 'is a zip archive.'],
    ['XML', Buffer.from('<a/>'), 'is XML or HTML'],
  ])('says that %s cannot be read', async (_what, bytes, message) => {
    expect(await read(bytes)).toMatchObject({
      findings: [],
      warnings: [{ unreadable: true, message: expect.stringContaining(message) }],
    })
  })

  it.each([
    ['/', 'is a directory'],
    ['/nonesuch/file', 'does not exist'],
  ])('says what is wrong with %s', async (path, message) => {
    const outcome = await readInput({ name: path, open: () => createReadStream(path) })
    expect(outcome).toMatchObject({
      findings: [],
      warnings: [{ file: path, unreadable: true, message: expect.stringContaining(message) }],
    })
  })
})

describe.each(Object.entries(reports))('%s', (_name, text) => {
  const bytes = Buffer.from(text)

  it('gives the same findings wherever it is cut into pieces', async () => {
    const whole = await read(bytes)
    expect(whole.findings.length).toBe(5)
    for (let at = 1; at < bytes.length; at++)
      expect(await read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole)
    expect(await read(Array.from(bytes, (_, i) => bytes.subarray(i, i + 1)))).toEqual(whole)
  })

  it('never throws, whatever is done to it', async () => {
    const changes = array(record({ at: nat(bytes.length - 1), to: nat(255) }), { maxLength: 8 })
    const spoiling = asyncProperty(changes, nat(bytes.length), async (flips, length) => {
      const spoiled = Buffer.from(bytes)
      for (const { at, to } of flips) spoiled[at] = to
      await read(spoiled.subarray(0, length))
    })
    await assert(spoiling, often(150))
  })
})

const samples = process.env.AFTERLEAK_SAMPLES
describe.runIf(samples !== undefined)('samples', () => {
  const files =
    samples === undefined
      ? []
      : readdirSync(samples, { recursive: true, withFileTypes: true }).filter(each => each.isFile())
  it.each(files.map(file => join(file.parentPath, file.name)))('does not throw at %s', async path => {
    await readInput({ name: path, open: () => createReadStream(path) })
  })
})
