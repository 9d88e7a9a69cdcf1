import { describe, expect, it } from 'vitest'
import { compile } from '../../src/catalog/compile.ts'
import { readConfig } from '../../src/config/config.ts'
import { providerText } from './provider-text.ts'

/** What is wrong with the file, as a person reads it: `line:column place: message`. */
function faults(text: string): readonly string[] {
  return compile('mine/acme.yaml', text).faults.map(({ line, column, at, message }) => `${line}:${column} ${at}: ${message}`)
}

function instead(of: string, by: string): readonly string[] {
  expect(providerText).toContain(of)
  return faults(providerText.replace(of, by))
}

it('has no fault in the file that the tests break', () => expect(faults(providerText)).toEqual([]))

describe('a fault in a provider', () => {
  it.each([
    ['an unknown word', 'name: Acme\n', 'name: Acme\ncolour: red\n', '3:1 colour: "colour" is not a word of this format here'],
    ['an unknown word deep inside', 'effect: none\n    verdict', 'efect: none\n    verdict', '24:5 requests.me.efect: "efect" is not a word of this format here'],
    ['a wrong type', 'per_second: 100', 'per_second: fast', '20:10 limit.per_second: must be a number, not "fast"'],
    ['no number above zero', 'per_second: 100', 'per_second: 0', '20:10 limit.per_second: needs more than 0'],
    ['a missing word', 'name: Acme\n', '', '1:1 name: is missing: text'],
    ['a missing word deep inside', 'request: GET /v1/me\n    ', '', '22:3 requests.me.request: is missing: text'],
    ['an empty word', 'name: Acme\n', 'name:\n', '2:1 name: must be text, not empty'],
    ['a reason that is none of the state', 'state: dead, reason: revoked', 'state: dead, reason: works', '27:69 requests.me.verdict.1.reason: for dead one of: revoked, expired, disabled, rejected'],
    ['a state without a reason', 'state: dead, reason: revoked', 'state: dead', '27:9 requests.me.verdict.1.reason: for dead one of: revoked, expired, disabled, rejected'],
    ['a state that is none', 'state: dead, reason: revoked', 'state: gone, reason: revoked', '27:56 requests.me.verdict.1.state: must be one of: live, dead, unknown, not "gone"'],
    ['a rule that decides nothing', ', state: dead, reason: revoked', '', '27:9 requests.me.verdict.1.state: a rule needs a state, or `then` to go on'],
    ['a bare status for live', 'where: { scopes: present }, state: live', 'state: live', '36:24 requests.more.verdict.0.state: live and dead need evidence that only the provider would send (where, xml, text, header), or `status_only` with the next best sign'],
    ['a bare status for dead', 'where: { error.code: revoked }, state: dead', 'state: dead', '27:24 requests.me.verdict.1.state: live and dead need evidence that only the provider would send (where, xml, text, header), or `status_only` with the next best sign'],
    ['a bare status with only a content type', 'where: { error.code: revoked }, state: dead', 'type: json, state: dead', '27:36 requests.me.verdict.1.state: live and dead need evidence that only the provider would send (where, xml, text, header), or `status_only` with the next best sign'],
    ['status_only without the next best sign', 'where: { error.code: revoked }, state: dead', 'status_only: "Only that. https://acme.example/docs", state: dead', '27:77 requests.me.verdict.1.state: live and dead need evidence that only the provider would send (where, xml, text, header), or `status_only` with the next best sign'],
    ['status_only without a link', 'where: { error.code: revoked }, state: dead', 'status_only: so it is, type: json, state: dead', '27:24 requests.me.verdict.1.status_only: must be a reason with a https:// link to the page that says so'],
    ['a POST without a reason', 'request: GET /v1/me', 'request: POST /v1/me', '22:3 requests.me.safe: a POST must say why it is safe, with a link'],
    ['a POST whose reason has no link', 'request: GET /v1/me', 'request: POST /v1/me\n    safe: it is', '24:5 requests.me.safe: must be a reason with a https:// link to the page that says so'],
    ['a body without POST', 'request: GET /v1/me', 'request: GET /v1/me\n    body: { text: a }', '23:5 requests.me.request: `safe` and `body` are for POST'],
    ['a DELETE', 'request: GET /v1/me', 'request: DELETE /v1/me', '23:5 requests.me.request: must be GET, HEAD or POST and a path, e.g. "GET /v1/account"'],
    ['a path to another host', 'request: GET /v1/me', 'request: GET //evil.example/', '23:5 requests.me.request: must be GET, HEAD or POST and a path, e.g. "GET /v1/account"'],
    ['an expression in a hole', 'request: GET /v1/me', 'request: GET /v1/{key|upper}', '23:5 requests.me.request: must be GET, HEAD or POST and a path, e.g. "GET /v1/account"'],
    ['no effect', 'request: GET /v1/me\n    effect: none', 'request: GET /v1/me', '22:3 requests.me.effect: is missing: one of: none, last_used, evicts, counts, session'],
    ['carries without evicts', 'request: GET /v1/me', 'request: GET /v1/me\n    carries: ips', '24:5 requests.me.carries: `carries` goes with effect: evicts'],
    ['an unknown hole', "bearer: '{key}'", "bearer: '{token}'", '22:3 requests.me: {token} is neither a part of kind api-key nor a fact: key, region'],
    ['a request that is not there', 'probe: [me, more]', 'probe: [me, more, less]', '15:23 kinds.api-key.probe.2: no request is called "less"; there are: me, more'],
    ['`then` to an earlier request', 'scopes: present }, state', 'scopes: present }, then: me, state', '36:52 requests.more.verdict.0.then: "me" does not come later in the ladder of kind api-key'],
    ['an unused request', 'probe: [me, more]', 'probe: [more]', '22:3 requests.me: no kind has this request in its ladder'],
    ['neither probe nor skipped', '    probe: [me, more]\n', '', '6:3 kinds.api-key: say `probe`, or `skipped` with its reason'],
    ['a host that is an address', '- api.acme.example', '- https://api.acme.example', '17:5 hosts.0: must be a host name; a tenant only as {part}.example.com'],
    ['a tenant in the middle of a host', '- api.acme.example', "- 'api.{region}.example'", '17:5 hosts.0: must be a host name; a tenant only as {part}.example.com'],
    ['a tenant that is the whole host', '- api.acme.example', "- '{region}'", '17:5 hosts.0: must be a host name; a tenant only as {part}.example.com'],
    ['an auth of no kind', "auth: { bearer: '{key}' }", 'auth: { magic: true }', '19:1 auth: must have one of these words: bearer, basic, header, query, in_url, none, sigv4'],
    ['an auth of two kinds', "auth: { bearer: '{key}' }", "auth: { bearer: '{key}', none: true }", '19:26 auth.none: "none" is not a word of this format here'],
    ['a name with capitals', '  api-key:\n', '  Api_Key:\n', '6:3 kinds.Api_Key: "Api_Key" is not a name for this: it must be lower case words joined by "-"'],
    ['a date that is none', 'checked: 2026-11-24', 'checked: soon', '3:1 checked: must be a date such as 2026-01-31, not "soon"'],
    ['a link that is none', 'docs: [https://acme.example/docs]', 'docs: [nowhere]', '4:8 docs.0: must be an address that begins with https://, not "nowhere"'],
    ['too short a text to look for', 'where: { scopes: present }', 'where: { scopes: { contains: a } }', '36:43 requests.more.verdict.0.where.scopes.contains: needs at least 3 characters'],
    ['an unknown kind in a case', 'it: calls a revoked key dead,', 'it: calls a revoked key dead, kind: other,', '47:37 cases.1.kind: no kind is called "other"'],
    ['only public parts', 'unmistakable: true\n', 'unmistakable: true\n        public: true\n', '8:5 kinds.api-key.parts: a kind has at least one secret part'],
    ['no word on logs', 'no_usage: Acme keeps no log. https://acme.example/docs\n', '', '1:1 id: say `usage` or, in one sentence with a link, `no_usage`'],
    ['another id than the file', 'id: acme', 'id: acne', '1:1 id: the file must be called acne.yaml'],
  ])('names %s with its place and what was expected', (_, of, by, expected) => {
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
    const text = providerText.replace('per_second: 100', 'per_second: fast').replace('name: Acme\n', 'name: Acme\ncolour: red\n')
    expect(faults(text)).toEqual([
      expect.stringMatching(/^21:10 limit\.per_second/),
      expect.stringMatching(/^3:1 colour/),
    ])
  })

  it('never speaks in the words of a program', () => {
    for (const word of ['expected', 'invalid', 'undefined', 'regex', 'zod', 'received', 'object', 'Invalid input'])
      for (const text of ['', '- a', 'a: b: c', providerText.replace('kinds:', 'kinds: 5\nother:'), providerText.replace('hosts:', 'hosts: 7\nothers:')])
        expect(faults(text).join('\n')).not.toContain(word)
  })
})

describe('a file that is no provider', () => {
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]', ...[...'bcdefgh'].map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[index]}`).join(',')}]`)].join('\n')
  it.each([
    ['empty', '', '1:1 : the file is empty'],
    ['only a comment', '# nothing yet\n', '1:1 : the file is empty'],
    ['a list', '- a\n', '1:1 : must be a group of `name: value` lines, not a list'],
    ['a word', 'acme\n', '1:1 : must be a group of `name: value` lines, not "acme"'],
    ['not YAML', 'id: acme: b\n', '1:5 : not YAML: Nested mappings are not allowed in compact mappings'],
    ['the same word twice', 'id: acme\nid: acme\n', '2:1 : this word stands here twice; the second would replace the first'],
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
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

describe('a fault in the configuration', () => {
  const of = (text: string): readonly string[] => (readConfig('afterleak.yaml', text).faults ?? []).map(({ line, column, at, message }) => `${line}:${column} ${at}: ${message}`)

  it('has none where nothing is said', () => expect(of('')).toEqual([]))

  it.each([
    ['an unknown word', 'timeout: 10s\ntimout: 5s\n', '2:1 timout: "timout" is not a word of this format here'],
    ['a time without a unit', 'timeout: "10"\n', '1:1 timeout: must be a time such as 500ms, 10s or 2m'],
    ['a number for a time', 'timeout: 10\n', '1:1 timeout: must be text, not 10'],
    ['too many attempts', 'attempts: 50\n', '1:1 attempts: at most 10'],
    ['a wrong network', 'allow_private:\n  - localhost\n  - 10.0.0.0/33\n', '3:5 allow_private.1: "10.0.0.0/33" is not a network. Write it as ADDRESS/BITS, for example 10.0.0.0/8.'],
    ['an address for a host', 'allow_private: [https://git.example.com:8443]\n', '1:17 allow_private.0: "https://git.example.com:8443" is not a network. Write it as ADDRESS/BITS, for example 10.0.0.0/8.'],
    ['a host without a scheme', 'hosts: { gitlab: git.example.com }\n', '1:10 hosts.gitlab: must be an address such as https://git.example.com'],
    ['a key in the file itself', 'fingerprint_key: abc\n', '1:1 fingerprint_key: must be a reference: env:NAME or file:PATH'],
    ['a line break in the agent', 'user_agent: "a\\r\\nb"\n', '1:1 user_agent: must be plain text, as it goes into a header'],
    ['the same word twice', 'attempts: 1\nattempts: 2\n', '2:1 : this word stands here twice; the second would replace the first'],
  ])('names %s with its place', (_, text, expected) => expect(of(text)).toContain(expected))
})
