import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config/config.ts'

describe('a fault in the configuration', () => {
  const of = (text: string): readonly string[] =>
    (readConfig('afterleak.yaml', text).faults ?? []).map(
      ({ line, column, at, message }) => `${line}:${column} ${at}: ${message}`,
    )

  it('has none where nothing is said', () => expect(of('')).toEqual([]))

  it.each([
    ['an unknown word', 'timeout: 10s\ntimout: 5s\n', '2:1 timout: "timout" is not a word of this format here'],
    ['a time without a unit', 'timeout: "10"\n', '1:1 timeout: must be a time such as 500ms, 10s or 2m'],
    ['a number for a time', 'timeout: 10\n', '1:1 timeout: must be text, not 10'],
    ['too many attempts', 'attempts: 50\n', '1:1 attempts: at most 10'],
    [
      'a wrong network',
      'allow_private:\n  - localhost\n  - 10.0.0.0/33\n',
      '3:5 allow_private.1: "10.0.0.0/33" is not a network. Write it as ADDRESS/BITS, for example 10.0.0.0/8.',
    ],
    [
      'an address for a host',
      'allow_private: [https://git.example.com:8443]\n',
      '1:17 allow_private.0: "https://git.example.com:8443" is not a network. Write it as ADDRESS/BITS, for example 10.0.0.0/8.',
    ],
    [
      'a host without a scheme',
      'hosts: { gitlab: git.example.com }\n',
      '1:10 hosts.gitlab: must be an address such as https://git.example.com',
    ],
    [
      'a key in the file itself',
      'fingerprint_key: abc\n',
      '1:1 fingerprint_key: must be a reference: env:NAME or file:PATH',
    ],
    [
      'a line break in the agent',
      'user_agent: "a\\r\\nb"\n',
      '1:1 user_agent: must be plain text, as it goes into a header',
    ],
    [
      'the same word twice',
      'attempts: 1\nattempts: 2\n',
      '2:1 : this word stands here twice; the second would replace the first',
    ],
  ])('names %s with its place', (_, text, expected) => expect(of(text)).toContain(expected))
})
