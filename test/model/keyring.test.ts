import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { Keyring } from '../../src/model/keyring.ts'
import { often } from '../often.ts'

/** Long enough to be looked for, and not a plain word. */
const secrets = fc
  .string({ minLength: 12, maxLength: 60, unit: fc.constantFrom(...Array.from('abcdefXYZ0123456789/+=_-.%&"\\<é語 ')) })
  .filter(text => /\d/.test(text) && text.trim() === text)
const around = fc.string({ maxLength: 30, unit: fc.constantFrom(...Array.from('klmnopQRS \n:{}[]')) })

/** How a program may write a text inside another. */
const writings: Readonly<Record<string, (text: string) => string>> = {
  raw: text => text,
  JSON: text => JSON.stringify({ a: [text] }),
  'JSON twice': text => JSON.stringify(JSON.stringify(text)),
  URL: text => `https://example.com/?a=${encodeURIComponent(text)}&b`,
  'a segment of a path': text => encodeURI(text).replaceAll(/[/?#;,]/g, char => encodeURIComponent(char)),
  'URL in small letters': text => encodeURIComponent(text).replaceAll(/%../g, code => code.toLowerCase()),
  form: text => String(new URLSearchParams({ a: text })),
  HTML: text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
}

describe('scrub', () => {
  it.each(Object.entries(writings).filter(([name]) => name !== 'JSON twice'))(
    'finds a secret that is written as %s',
    (_, write) => {
      fc.assert(
        fc.property(secrets, around, around, (text, before, after) => {
          const keyring = new Keyring()
          keyring.of(text)
          const scrubbed = keyring.scrub(before + write(text) + after)
          expect(scrubbed).not.toContain(text)
          expect(scrubbed).not.toContain(innermost(write, text))
        }),
        often(),
      )
    },
  )

  it('finds a secret of the shortest length that is looked for, wherever it begins', () => {
    const keyring = new Keyring()
    keyring.of('s3cr3t_8')
    for (let before = 0; before < 30; before++)
      for (let after = 0; after < 12; after++) {
        const scrubbed = keyring.scrub(`${'k'.repeat(before)}s3cr3t_8${'l'.repeat(after)}`)
        expect(scrubbed).toBe(`${'k'.repeat(before)}…${'l'.repeat(after)}`)
      }
  })

  it.each([0, 1, 2, 3, 4, 5])('finds a secret within base64 behind %i other bytes, in both alphabets', shift => {
    fc.assert(
      fc.property(secrets, fc.string({ maxLength: 9 }), (text, after) => {
        const keyring = new Keyring()
        keyring.of(text)
        const bytes = Buffer.concat([Buffer.from('u:abc'.slice(0, shift)), Buffer.from(text), Buffer.from(after)])
        for (const alphabet of ['base64', 'base64url'] as const) {
          const own = inside(bytes, shift, Buffer.byteLength(text), alphabet)
          expect(keyring.scrub(`Basic ${bytes.toString(alphabet)}.`)).not.toContain(own)
        }
      }),
      often(),
    )
  })

  it('finds each of many in one text, whatever stands between', () => {
    const many = fc.uniqueArray(secrets, { minLength: 2, maxLength: 30 })
    fc.assert(
      fc.property(many, around, (texts, between) => {
        const keyring = new Keyring()
        for (const text of texts) keyring.of(text)
        const scrubbed = keyring.scrub(texts.join(`\u0001${between}`))
        for (const text of texts) expect(scrubbed).not.toContain(text)
      }),
      often(),
    )
  })

  it('takes the longest of those that begin alike', () => {
    const keyring = new Keyring()
    const short = madeUp('sk_live_{alnum:20}', 'alike')
    const long = `${short}MORE9`
    keyring.of(short)
    keyring.of(long)
    expect(keyring.scrub(`a ${long} b`)).toBe('a sk_live_…ORE9 b')
  })

  it('finds a short secret at the place where a public text begins alike', () => {
    const keyring = new Keyring()
    const inner = madeUp('AKIA{base32:16}', 'inner')
    keyring.of(inner)
    keyring.of(`${inner}:open`)
    keyring.allow(`${inner}:open`)
    expect(keyring.scrub(`${inner}:open`)).not.toContain(inner)
  })

  it('leaves public parts, plain words and short texts', () => {
    const keyring = new Keyring()
    const id = madeUp('AKIA{base32:16}', 'public')
    for (const text of [id, 'production', 'hunter2', 'some words here']) keyring.of(text)
    keyring.allow(id)
    const text = `${id} in production: hunter2, some words here`
    expect(keyring.scrub(text)).toBe(text)
  })

  it('does not change a text without a secret', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const keyring = new Keyring()
        keyring.of(madeUp('{hex:64}', 'elsewhere'))
        expect(keyring.scrub(text)).toBe(text)
      }),
      often(),
    )
  })

  it('leaves JSON that can be read, with the same names and numbers, even if secrets look like its syntax', () => {
    const evil = fc.constantFrom(
      '":{"state":"',
      '","verdict":',
      '1234567890',
      '"schema":1,"run"',
      '"}]}\n{"a":"x',
      'a"b\\c"d1e2',
    )
    const document = fc.record({
      schema: fc.constant(1),
      run: fc.dictionary(fc.constantFrom('state', 'a', 'b'), fc.oneof(evil, secrets)),
      line: fc.constantFrom(1234567890, 12),
    })
    fc.assert(
      fc.property(fc.array(fc.oneof(secrets, evil), { minLength: 1, maxLength: 6 }), document, (texts, written) => {
        const keyring = new Keyring()
        for (const text of texts) keyring.of(text)
        const read: unknown = JSON.parse(keyring.scrub(JSON.stringify(written), 'json'))
        expect(Object.keys(read as object)).toEqual(Object.keys(written))
        expect(read).toMatchObject({ schema: 1, line: written.line })
      }),
      often(),
    )
  })

  it('takes what is not JSON literally, so that a secret with quotes is found there', () => {
    const keyring = new Keyring()
    keyring.of('a"b\\c"d1e2f3')
    expect(keyring.scrub('x a"b\\c"d1e2f3 y')).not.toContain('b\\c"d1')
  })

  it('gives one object for each text', () => {
    const keyring = new Keyring()
    expect(keyring.of('the same text')).toBe(keyring.of('the same text'))
    expect(keyring.of('the same text')).not.toBe(keyring.of('another text'))
  })

  it('needs less than 300 ms for a megabyte and 20,000 secrets that begin alike', () => {
    const keyring = new Keyring()
    const texts = Array.from({ length: 20_000 }, (_, index) => madeUp('sk_live_{alnum:32}', `many ${index}`))
    for (const text of texts) keyring.of(text)
    keyring.scrub('so that all of them are indexed')
    const line = (index: number): string =>
      `{"file":"src/config-${index}.ts","line":${index},"shown":"sk_live_abc","value":"${texts[index % texts.length]}"}\n`
    let text = ''
    for (let index = 0; text.length < 1_048_576; index++) text += line(index)
    expect(leastOf(5, () => keyring.scrub(text))).toBeLessThan(300)
    const scrubbed = keyring.scrub(text)
    const known = new Set(texts)
    const left = [...scrubbed.matchAll(/(?=(sk_live_[A-Za-z0-9]{32}))/g)].filter(([, one = '']) => known.has(one))
    expect(left).toEqual([])
  })

  it('takes in 20,000 secrets in less than two seconds', () => {
    const keyring = new Keyring()
    for (let index = 0; index < 20_000; index++) keyring.of(`prefix-of-all-${index}-${'x'.repeat(index % 40)}Y9`)
    const started = performance.now()
    keyring.scrub('a text')
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

/** The secret alone in the form that a writing gives it. */
function innermost(write: (text: string) => string, text: string): string {
  const [before = '', after = ''] = write('MARK').split('MARK')
  const whole = write(text)
  return whole.slice(before.length, whole.length - after.length)
}

/** The characters of a base64 text that only these bytes decide. */
function inside(bytes: Buffer, start: number, length: number, alphabet: 'base64' | 'base64url'): string {
  return bytes.toString(alphabet).slice(Math.ceil((start * 8) / 6), Math.floor(((start + length) * 8) / 6))
}

/** Milliseconds of the fastest of some rounds: what others do on the machine makes none faster. */
function leastOf(rounds: number, run: () => unknown): number {
  return Math.min(
    ...Array.from({ length: rounds }, () => {
      const started = performance.now()
      run()
      return performance.now() - started
    }),
  )
}
