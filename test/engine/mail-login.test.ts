import { expect, it } from 'vitest'
import { mailOf } from '../../src/engine/auth/mail.ts'
import { planned } from './support.ts'

const [from, to] = ['afterleak@example.com', 'oncall@example.com']
const request = planned({ body: { text: 'Subject: x\r\n\r\ny' } })

it('a mail is handed in for its two addresses', () => {
  expect(mailOf(request, { from, to })).toEqual({ from, to, message: 'Subject: x\r\n\r\ny' })
})

it.each([
  'a@b.example>\r\nRCPT TO:<c@d.example',
  'a@b.example\n',
  '<a@b.example>',
  'a b@c.example',
  'a',
  '',
  'a@b@c.d',
])('what is no address (%j) becomes no line of SMTP', other => {
  expect(() => mailOf(request, { from, to: other })).toThrow('is no address for mail')
  expect(() => mailOf(request, { from: other, to })).toThrow('is no address for mail')
})
