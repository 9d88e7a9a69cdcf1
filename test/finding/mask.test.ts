import { describe, expect, it } from 'vitest'
import { isMask } from '../../src/finding/mask.ts'
import { key } from './support.ts'

describe('a mask', () => {
  it.each([
    'REDACTED',
    'REDACT',
    '[REDACTED]',
    '<redacted>',
    '---REDACTED---',
    '***',
    '************',
    `AKIA${'*'.repeat(12)}`,
    `&dtzi${'*'.repeat(9)}-${'*'.repeat(4)}jel`,
    'xoxb-12...',
    `token: ${key('', 20)}...`,
    `${['-----BEGIN', 'PRIVATE KEY-----'].join(' ')}\n${key('')}\n${key('M')}...`,
    'ghp_a…',
    'XXXXXXXX',
    `sk_live_${'x'.repeat(16)}`,
    'ENV GITHUB_PAT=*****',
    'token ---REDACTED--- here',
    '[MASKED]',
    `key = "AKIAR${'*'.repeat(10)}"`,
  ])('is seen in %s', text => {
    expect(isMask(text)).toBe(true)
  })

  it.each([
    key('AKIA', 16),
    `AKIA${'A'.repeat(16)}`,
    `${key('ey')}.${key('ey')}.${key('')}`,
    `${key('1//')}...${key('')}`,
    'a.b.c',
    'redacted_but_no_mask_at_all',
    'redactor',
    'https://user:p**s@example.com/x',
    '/******/ const key = 1',
    `key = "${key('AKIA', 16)}" ${'*'.repeat(10)}`,
    'secret',
    key('xxxx'),
  ])('is not seen in %s', text => {
    expect(isMask(text)).toBe(false)
  })
})
