import { describe, expect, it } from 'vitest'
import { compile } from '../../src/catalog/compile.ts'
import { faultTable } from './fault-table.ts'
import { providerText } from './provider-text.ts'
import { signInFaults } from './sign-in-faults.ts'

/** What is wrong with the file, as a person reads it: `line:column place: message`. */
function faults(text: string): readonly string[] {
  return compile('mine/acme.yaml', text).faults.map(
    ({ line, column, at, message }) => `${line}:${column} ${at}: ${message}`,
  )
}

function instead(of: string, by: string): readonly string[] {
  expect(providerText).toContain(of)
  return faults(providerText.replace(of, by))
}

it('has no fault in the file that the tests break', () => expect(faults(providerText)).toEqual([]))

describe('a fault in a provider', () => {
  it.each([...faultTable, ...signInFaults])('names %s with its place and what was expected', (_, of, by, expected) => {
    expect(instead(of, by)).toContain(expected)
  })

  it.each([
    ['look-ahead', '(?=x)acme_[a-z]{9}', '(?='],
    ['look-behind', '(?<=x)acme_[a-z]{9}', '(?<='],
    ['a back-reference', '([a-z])acme_\\1', '\\1'],
    ['a bracket too few', 'acme_(a', 'missing closing )'],
  ])('refuses a pattern with %s', (_, pattern, says) => {
    const [fault = ''] = instead("'acme_(?<region>us|eu)_[A-Za-z0-9]{24}'", `'${pattern}'`)
    expect(fault).toMatch(/^10:9 kinds\.api-key\.parts\.key\.pattern: not an RE2 pattern, which has no look-around/)
    expect(fault).toContain(says)
  })

  it('lists all that is wrong at once', () => {
    const text = providerText
      .replace('per_second: 100', 'per_second: fast')
      .replace('name: Acme\n', 'name: Acme\ncolour: red\n')
    expect(faults(text)).toEqual([
      expect.stringMatching(/^21:10 limit\.per_second/),
      expect.stringMatching(/^3:1 colour/),
    ])
  })

  it('never speaks in the words of a program', () => {
    for (const word of ['expected', 'invalid', 'undefined', 'regex', 'zod', 'received', 'object', 'Invalid input'])
      for (const text of [
        '',
        '- a',
        'a: b: c',
        providerText.replace('kinds:', 'kinds: 5\nother:'),
        providerText.replace('hosts:', 'hosts: 7\nothers:'),
      ])
        expect(faults(text).join('\n')).not.toContain(word)
  })
})

describe('a file that is no provider', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x,x]',
    ...['b', 'c', 'd', 'e', 'f', 'g', 'h'].map(
      (name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[index]}`).join(',')}]`,
    ),
  ].join('\n')
  it.each([
    ['empty', '', '1:1 : the file is empty'],
    ['only a comment', '# nothing yet\n', '1:1 : the file is empty'],
    ['a list', '- a\n', '1:1 : must be a group of `name: value` lines, not a list'],
    ['a word', 'acme\n', '1:1 : must be a group of `name: value` lines, not "acme"'],
    ['not YAML', 'id: acme: b\n', '1:5 : not YAML: Nested mappings are not allowed in compact mappings'],
    [
      'the same word twice',
      'id: acme\nid: acme\n',
      '2:1 : this word stands here twice; the second would replace the first',
    ],
    ['two documents', 'id: acme\n---\nid: b\n', '2:1 : a second document begins here; write one file for each'],
    ['an alias of nothing', 'id: *nobody\n', '1:5 : this alias (*name) has no anchor (&name) before it'],
    ['an alias bomb', bomb, '2:8 : aliases repeat more than 20 times what they stand for; write it out'],
  ])('says of %s what it is, and where', (_, text, expected) => {
    const started = performance.now()
    expect(faults(text)).toContain(expected)
    expect(performance.now() - started).toBeLessThan(500)
  })

  it('takes a merge of the prototype for a word that it does not know', () => {
    expect(faults(`${providerText}__proto__: { polluted: true }\n`).join()).toContain('__proto__')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
