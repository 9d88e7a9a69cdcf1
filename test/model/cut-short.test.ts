import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { Keyring } from '../../src/model/keyring.ts'

describe('a key that a log has cut short', () => {
  it.each([
    ['sk_live_{alnum:34}', 8, 'sk_live_…'],
    ['ghp_{alnum:36}', 4, 'ghp_…'],
    ['{hex:64}', 0, undefined],
    ['{base64:40}', 0, undefined],
    ['{base32:32}', 0, undefined],
    ['xoxb-{digit:12}-{digit:12}-{alnum:24}', 31, 'xoxb-…'],
    ['eyJhbGciOiJSUzI1NiJ9.{base64url:80}.{base64url:86}', 21, 'eyJh…'],
    ['https://hooks.example.com/services/T0/B0/{alnum:24}', 41, undefined],
    ['postgres://alice:{alnum:24}@db.example.com/shop', 17, undefined],
    ['210987654321:{alnum:32}', 13, undefined],
    ['DefaultEndpointsProtocol=https;AccountName=acme;AccountKey={base64:86}==', 59, undefined],
    ['{base64url:43}=', 0, undefined],
    ['Bearer {alnum:40}', 7, undefined],
    ['sk-ant-api03-{base64url:93}', 13, 'sk-ant-…'],
  ])('takes out what is left of %s where a log cuts it short', (example, bodyAt, shown) => {
    for (let nth = 0; nth < 40; nth++) {
      const text = madeUp(example, `cut ${nth}`)
      const keyring = new Keyring()
      keyring.of(text)
      for (let length = bodyAt + 12; length < text.length; length++)
        for (const after of ['', '...', '"', ' agent', '****', 'REDACTED']) {
          const cut = text.slice(0, length)
          const scrubbed = keyring.scrub(`key=${cut}${after}`)
          expect(scrubbed).not.toContain(text.slice(bodyAt, bodyAt + 12))
          if (shown !== undefined) expect(scrubbed.slice(0, 4 + shown.length)).toBe(`key=${shown}`)
        }
    }
  })

  it('takes out a key cut short in the forms in which whole ones are found', () => {
    const secret = `${madeUp('{alnum:10}', 'forms')}/+${madeUp('{alnum:28}', 'forms too')}`
    const keyring = new Keyring()
    keyring.of(secret)
    const base64 = Buffer.from(`user:${secret}`).toString('base64')
    for (const form of [encodeURIComponent(secret), base64])
      expect(keyring.scrub(`GET ${form.slice(0, 34)}`)).not.toContain(form.slice(16, 32))
  })

  it('leaves what keys share with others: prefixes, ids, hosts, headers', () => {
    const keyring = new Keyring()
    const id = madeUp('AKIA{aws-account:210987654321}', 'mine')
    keyring.allow(id)
    const workspace = ['xoxb', '210987654321']
    const jwt = (seed: string): string => `eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.${madeUp('{base64url:60}', seed)}`
    for (const text of [
      id,
      `${id}:${madeUp('{base64:40}', 'pair')}`,
      [...workspace, '123456789012', madeUp('{alnum:24}', 'slack')].join('-'),
      `https://discord.com/api/webhooks/1234567890123/${madeUp('{alnum:60}', 'hook')}`,
      `postgres://deploy2app:${madeUp('{alnum:24}', 'pg')}@db1.example.com/shop`,
      madeUp('{rsa-key}', 'pem'),
      jwt('one'),
      `DefaultEndpointsProtocol=https;AccountName=acme1;AccountKey=${madeUp('{base64:86}', 'azure')}==`,
      `{"type":"service_account","private_key_id":"${madeUp('{hex:40}', 'id')}","private_key":"x"}`,
      'src/config/keys/prod-2.pem',
      'process.env.API_TOKEN_VALUE_1',
    ])
      keyring.of(text)
    const text = [
      id,
      `${id}:`,
      id.slice(0, 15),
      madeUp('AKIA{aws-account:210987654321}', 'a key of the same account'),
      [...workspace, '999999999999'].join('-'),
      'https://discord.com/api/webhooks/1234567890123',
      'postgres://deploy2app@db1.example.com/shop',
      ['-----BEGIN', 'PRIVATE KEY-----'].join(' '),
      'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.',
      'src/config/keys/test.pem',
      'DefaultEndpointsProtocol=https;AccountName=acme1;AccountKey=…',
      '{"type":"service_account","private_key_id":"',
      'process.env.API_TOKEN_OTHER',
      'sk_live_',
    ].join('\n')
    expect(keyring.scrub(text)).toBe(text)
  })

  it('leaves JSON that can be read where a key cut short stands in it', () => {
    const keyring = new Keyring()
    const secret = `${madeUp('{alnum:14}', 'json')}"\\"${madeUp('{alnum:14}', 'more')}`
    keyring.of(secret)
    for (let length = 12; length < secret.length; length++) {
      const scrubbed = keyring.scrub(JSON.stringify({ a: secret.slice(0, length), b: 1 }), 'json')
      expect(JSON.parse(scrubbed)).toMatchObject({ b: 1 })
      if (length >= 14) expect(scrubbed).not.toContain(secret.slice(0, 12))
    }
  })
})
