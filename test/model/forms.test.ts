import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formsFrom, formsOf, startsOf } from '../../src/model/forms.ts'
import { often } from '../often.ts'

const letter = fc.constantFrom(...Array.from('abcXYZ019_.~-'))
const text = fc.oneof(
  fc.string({ unit: letter, minLength: 8, maxLength: 60 }),
  fc.string({ minLength: 8, maxLength: 60 }),
  fc.string({ unit: 'grapheme', minLength: 8, maxLength: 30 }),
)

describe('the beginnings of the forms of a text', () => {
  it('are those of all its forms, and of no other', () => {
    fc.assert(
      fc.property(text, key => {
        expect(new Set(startsOf(key))).toEqual(new Set(formsOf(key).map(form => form.slice(0, 8))))
      }),
      often(500),
    )
  })

  it('lead to each form', () => {
    fc.assert(
      fc.property(text, key => {
        const found = startsOf(key).flatMap(start => formsFrom(start.slice(0, 6), key))
        expect(new Set(found)).toEqual(new Set(formsOf(key)))
      }),
      often(500),
    )
  })
})
