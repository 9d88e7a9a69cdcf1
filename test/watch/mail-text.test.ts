import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config/config.ts'
import type { Transition } from '../../src/model/watch.ts'
import { mailOf } from '../../src/watch/mail.ts'
import { start } from './support.ts'

const host = 'smtp.example.com'
const transition: Transition = {
  id: '0123456789abcdef01234567',
  kind: 'came_back',
  at: start,
  provider: 'stripe',
  severity: 'critical',
  title: '',
  says: [],
  todo: [],
}

describe('the header of a mail', () => {
  it('is what we write, whatever a change says: no line of it is somebody else’s', () => {
    const from = { from: 'afterleak@example.com', address: 'oncall@example.com' }
    const names = [
      'Date',
      'From',
      'To',
      'Message-ID',
      'Subject',
      'Auto-Submitted',
      'MIME-Version',
      'Content-Type',
      'Content-Transfer-Encoding',
    ]
    assert(
      property(string({ unit: 'binary', maxLength: 300 }), string({ maxLength: 300 }), (title, text) => {
        for (const given of [title, `${title}\r\nBcc: x@example.com\r\n\r\n${text}`, `=?utf-8?B?${title}`]) {
          const message = mailOf(from, { ...transition, title: given }, `${text}\r\n.\r\nQUIT`)
          const [head = '', body = ''] = message.split('\r\n\r\n')
          const lines = head.replaceAll(/\r\n /g, ' ').split('\r\n')
          expect(lines.map(line => line.split(':')[0])).toEqual(names)
          expect(message.split('\r\n').every(line => line.length <= 78 && /^[\x20-\x7e]*$/.test(line))).toBe(true)
          expect(body).toMatch(/^(?:[A-Za-z0-9+/=]+(?:\r\n)?)*$/)
        }
      }),
    )
  })
})

describe('a mail server in afterleak.yaml', () => {
  it.each([
    ['address: "a@example.com>\\r\\nRCPT TO:<b@example.com"', 'an address such as'],
    ['address: a@example.com, user: me', 'user and password go together'],
    ['address: a@example.com, password: hunter, user: me', 'a reference'],
    ['address: a@example.com, encryption: none', 'notify[0].encryption'],
    ['address: a@example.com, server: "smtp.example.com:25"', 'the name of a mail server'],
  ])('is refused with %s', (text, says) => {
    const written = text.includes('server:') ? text : `${text}, server: ${host}`
    const read = readConfig('a.yaml', `notify:\n  - { to: email, from: b@example.com, ${written} }\n`)
    const { faults = [] } = { faults: undefined, ...read }
    expect(faults.map(({ at, message }) => `${at} ${message}`).join('\n')).toContain(says)
  })
})
