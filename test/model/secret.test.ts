import { Console } from 'node:console'
import { Writable } from 'node:stream'
import { format, inspect } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { reveal, Secret } from '../../src/model/secret.ts'
import { often } from '../often.ts'

const text = madeUp('sk_live_{alnum:32}', 'secret test')
const secret = new Secret(text)
const shown = `sk_live_…${text.slice(-4)}`

describe('a secret', () => {
  it.each([
    ['String()', () => String(secret)],
    // oxlint-disable-next-line typescript/restrict-template-expressions -- the mistake that is made
    ['a template', () => `${secret}`],
    ['joining', () => ['a', secret].join(' ')],
    ['JSON', () => JSON.stringify({ deep: [{ secret }] })],
    ['inspect', () => inspect({ secret })],
    ['inspect with everything', () => inspect(secret, { showHidden: true, depth: 9, getters: true })],
    ['format %s', () => format('%s', secret)],
    ['format %o', () => format('%o', secret)],
    ['format %O', () => format('%O', { secret })],
    ['format %j', () => format('%j', secret)],
    ['an error', () => String(new Error(`for ${String(secret)}`, { cause: secret }).stack)],
    ['console.log', () => logged(console => console.log(secret, { secret }))],
    ['console.table', () => logged(console => console.table([{ secret }]))],
  ])('is printed short by %s', (_, print) => {
    expect(print()).toContain(shown)
    expect(print()).not.toContain(text.slice(8, 20))
  })

  it.each([
    ['console.dir', () => logged(console => console.dir({ secret }, { showHidden: true }))],
    ['structuredClone', () => inspect(structuredClone({ secret }))],
    ['Object.entries', () => inspect(Object.entries(secret))],
    // oxlint-disable-next-line typescript/no-misused-spread -- the mistake that is made
    ['spreading', () => inspect({ ...secret })],
    ['its names', () => inspect(Reflect.ownKeys(secret))],
    ['assign', () => inspect(Object.assign({}, secret))],
    ['inspect without its own way', () => inspect(secret, { customInspect: false, showHidden: true, depth: 9 })],
  ])('is not in what %s gives', (_, print) => expect(print()).not.toContain(text.slice(8, 20)))

  it('gives its text to reveal alone', () => expect(reveal(secret)).toBe(text))

  it.each([
    ['hunter2', '…'],
    ['correct-horse', 'co…se'],
    ['correct.horse.battery1', 'corr…ery1'],
    ['<script>"\\\n;alert(1)//x', '·scr…)//x'.replace(')', '·')],
    [
      madeUp('{alnum:40}', 'plain'),
      `${madeUp('{alnum:40}', 'plain').slice(0, 4)}…${madeUp('{alnum:40}', 'plain').slice(-4)}`,
    ],
  ])('shows of %j no more than %j', (value, expected) => expect(String(new Secret(value))).toBe(expected))

  it('hides at least twelve characters of a long one, and has no character that means something in JSON, HTML or Markdown', () => {
    const long = fc.string({
      minLength: 20,
      maxLength: 60,
      unit: fc.constantFrom(...Array.from('abcXYZ019_.-"\\<>\n`*é\u001b|[]()')),
    })
    fc.assert(
      fc.property(long, value => {
        const print = String(new Secret(value))
        expect(print).toMatch(/^[\w.+/=:·…-]+$/)
        expect(value.length - (print.length - 1)).toBeGreaterThanOrEqual(12)
      }),
      often(),
    )
  })

  it('compares, measures and digests without showing', () => {
    expect(secret.equals(new Secret(text))).toBe(true)
    expect(secret.equals(new Secret(`${text}x`))).toBe(false)
    expect(secret).toHaveLength(text.length)
    expect(secret.digest(value => value.length)).toBe(text.length)
  })
})

function logged(print: (console: Console) => void): string {
  let written = ''
  const stdout = new Writable({
    write(chunk, _, done) {
      written += String(chunk)
      done()
    },
  })
  print(new Console({ stdout }))
  return written
}
