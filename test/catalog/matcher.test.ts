import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { linear, literalStart, native } from '../../src/catalog/matcher.ts'
import { shipped } from '../identify/support.ts'
import { often } from '../often.ts'

describe('the letters with which every match begins', () => {
  it.each([
    ['sk_live_[a-z]{4}', 'sk_live_'],
    ['SG\\.[a-z]+', 'SG'],
    ['ab?c', 'a'],
    ['ab*c', 'a'],
    ['ab{0,2}c', 'a'],
    ['ab+c', 'ab'],
    ['a\\-?b', 'a'],
    ['one|two', ''],
    ['on(?:e|two)', 'on'],
    ['on[e|t]', 'on'],
    ['on\\|e', 'on'],
    ['on(?:e)|two', ''],
    ['(?<mode>live|test)_key', ''],
    ['[a-z]{3}', ''],
  ])('of %s are "%s"', (pattern, start) => expect(literalStart(pattern)).toBe(start))

  it('lose no match of a shipped form', () => {
    for (const provider of shipped)
      for (const [id, kind] of Object.entries(provider.kinds))
        for (const [name, { pattern, example }] of Object.entries(kind.parts))
          expect(madeUp(example, `${provider.id} ${id} ${name}`).startsWith(literalStart(pattern))).toBe(true)
  })

  it('lose nothing that the linear engine finds, whatever the pattern', () => {
    const letter = fc.constantFrom('a', 'b', '-', '_')
    const piece = fc.oneof(
      letter,
      letter.map(char => `[${char === '-' ? 'c' : char}]`),
      fc.constantFrom('(?:a|b)', 'a|b'),
    )
    const quantified = fc
      .tuple(piece, fc.constantFrom('', '', '?', '*', '+', '{0,1}'))
      .map(([what, times]) => (what === 'a|b' ? what : `${what}${times}`))
    const pattern = fc.array(quantified, { minLength: 1, maxLength: 5 }).map(pieces => pieces.join(''))
    fc.assert(
      fc.property(pattern, fc.array(letter, { maxLength: 6 }), (form, letters) => {
        const text = letters.join('')
        expect(native(form).whole(text)).toEqual(linear(form).whole(text))
      }),
      often(500),
    )
  })
})
