import { describe, expect, it } from 'vitest'
import { key, read } from './support.ts'

const secret = key('tok_live_')
const bold = (text: string): string => `\u001b[1m\u001b[31m${text}\u001b[0m\n`

describe('what a scanner writes for people', () => {
  it.each([
    [
      'TruffleHog',
      '--json',
      `Found unverified result 🐷🔑❓\nDetector Type: Stripe\nDecoder Type: PLAIN\nRaw result: ${secret}\n`,
    ],
    [
      'Gitleaks',
      '--report-format json',
      `Finding:     k=${secret}\nSecret:      ${secret}\nRuleID:      stripe\nEntropy:     4.2\n`,
    ],
    ['Titus', 'report --format json', `Finding 1/1 (id ${'0a'.repeat(20)})\nRule: Stripe\nGroup 1: ${secret}\n`],
    ['Titus', 'report --format json', ' Rule       Findings   Matches \n──────────\n Stripe            1         1 \n'],
    ['Talisman', '--scan', `${bold('Talisman Report:')}+------+\n| FILE |\n+------+\n| ${secret} |\n+------+\n`],
    [
      'Kingfisher',
      '--format json',
      `STRIPE => [KINGFISHER.STRIPE.1]\n |Finding.......: ${secret}\n |Fingerprint...: 1\n`,
    ],
    ['ggshield', '--json', `> a.py: 1 secret detected\n\n>> Secret detected: Stripe Key\n   Occurrences: 1\n`],
    ['secretlint', '--format json', `a.py:1:2: [ID] found: ${secret} [Error/@secretlint/secretlint-rule-aws]\n`],
    [
      'secretlint',
      '--format json',
      '<?xml version="1.0"?><testsuites><testsuite package="@secretlint/secretlint-rule-aws"/></testsuites>',
    ],
    ['Trivy', '--format json', `a.py (secrets)\n\nTotal: 1 (HIGH: 1)\n\nHIGH: Stripe (stripe)\n════\n`],
    ['Semgrep', '--json', '┌─────────────┐\n│ Scan Status │\n└─────────────┘\n'],
    [
      'JSON or SARIF',
      '',
      `<checkstyle version="4.3">\n<file name="a.py">\n<error line="1" message="${secret}"/>\n</file></checkstyle>`,
    ],
  ])('%s is refused, with the option that writes what can be read: %s', async (tool, option, text) => {
    const { findings, warnings } = await read(text)
    expect({ findings, count: warnings.length, unreadable: warnings[0]?.unreadable }).toEqual({
      findings: [],
      count: 1,
      unreadable: true,
    })
    expect(warnings[0]?.message).toContain(tool)
    expect(warnings[0]?.message).toContain(option)
    expect(warnings[0]?.message).not.toContain(secret)
    expect((await read(text, { provider: 'stripe' })).findings).toEqual([])
  })
})
