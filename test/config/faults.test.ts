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
      '3:5 allow_private[1]: "10.0.0.0/33" is not a network. Write it as ADDRESS/BITS, for example 10.0.0.0/8.',
    ],
    [
      'an address for a host',
      'allow_private: [https://git.example.com:8443]\n',
      '1:17 allow_private[0]: "https://git.example.com:8443" is not a network. Write it as ADDRESS/BITS, for example 10.0.0.0/8.',
    ],
    [
      'a host without a scheme',
      'hosts: { gitlab: git.example.com }\n',
      '1:10 hosts.gitlab: must be an address such as https://git.example.com',
    ],
    [
      'a key in the file itself',
      'fingerprint_key: abc\n',
      '1:1 fingerprint_key: must be a reference: env:NAME, file:PATH, aws-sm:NAME#KEY, vault:MOUNT/PATH#FIELD, conjur:ACCOUNT:variable:ID',
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
    [
      'a wrong network of your own',
      'own:\n  networks: [192.0.2.0/24, "2001:db8::/32", 10.0.0.0/33]\n',
      '2:45 own.networks[2]: "10.0.0.0/33" is not a network. Write it as ADDRESS/0..32.',
    ],
    [
      'a wrong network of IPv6',
      'own: { networks: ["2001:db8::/129"] }\n',
      '1:19 own.networks[0]: "2001:db8::/129" is not a network. Write it as ADDRESS/0..128.',
    ],
    ['an empty list of networks', 'own: { networks: [] }\n', '1:8 own.networks: needs at least 1 entry'],
    [
      'an unknown word of your own',
      'own: { network: [10.0.0.0/8] }\n',
      '1:8 own.network: "network" is not a word of this format here',
    ],
    [
      'a time zone that there is not',
      'working_hours: { zone: Europe/Dublino, from: "08:00", to: "18:00" }\n',
      '1:18 working_hours.zone: "Europe/Dublino" is not a time zone. Write it as Europe/Dublin, or UTC.',
    ],
    [
      'a time of day without quotes',
      'working_hours: { zone: UTC, from: 8, to: "18:00" }\n',
      '1:29 working_hours.from: must be text, not 8',
    ],
    [
      'a time of day that there is not',
      'working_hours: { zone: UTC, from: "24:30", to: "18:00" }\n',
      '1:29 working_hours.from: must be a time of day in quotes, such as "08:00"',
    ],
    [
      'a day without length',
      'working_hours: { zone: UTC, from: "08:00", to: "08:00" }\n',
      '1:44 working_hours.to: is as late as `from`; write when the day ends',
    ],
    [
      'a day of the week that there is not',
      'working_hours: { zone: UTC, from: "08:00", to: "18:00", days: [mo] }\n',
      '1:64 working_hours.days[0]: must be one of: mon, tue, wed, thu, fri, sat, sun, not "mo"',
    ],
    [
      'a due time without a unit',
      'due: { act_now: "30" }\n',
      '1:8 due.act_now: must be a time such as 30m, 24h or 14d',
    ],
    [
      'an account that is no list',
      'scope: { aws: 123456789012 }\n',
      '1:10 scope.aws: must be a list, not 123456789012',
    ],
  ])('names %s with its place', (_, text, expected) => expect(of(text)).toContain(expected))
})
