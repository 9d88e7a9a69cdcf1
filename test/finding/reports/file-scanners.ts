import { json, jsonLines } from '../support.ts'
import { other, type Report, secret, sha } from './report.ts'

const sweptAt = { file: './a.py', line: 3, column: 8 }

export const fileScanners: readonly Report[] = [
  [
    'detect-secrets baseline, JSON',
    'hashes, without what an audit found to be none',
    JSON.stringify(
      {
        plugins_used: [{ name: 'x' }],
        results: {
          'a.py': [
            { type: 'Stripe', hashed_secret: 'h', is_verified: true, line_number: 7 },
            { type: 'Slack', hashed_secret: 'h', is_secret: false },
          ],
          'b.py': [{ type: 'Slack', filename: 'c.py', hashed_secret: 'h', is_verified: false, is_secret: true }],
        },
        generated_at: '',
      },
      undefined,
      2,
    ),
    [
      { tool: 'detect-secrets', rule: 'Stripe', redacted: true, prior: 'live', place: { file: 'a.py', line: 7 } },
      { tool: 'detect-secrets', rule: 'Slack', redacted: true, prior: 'unknown', place: { file: 'c.py' } },
    ],
  ],
  ['detect-secrets baseline, JSON', 'no results', '{"version":"1.4.0","plugins_used":[],"results":{}}', []],
  [
    'detect-secrets audit report, JSON',
    'every line, without what is none',
    JSON.stringify({
      results: [
        {
          category: 'VERIFIED_TRUE',
          filename: 'a.py',
          lines: { 7: 'x', 9: 'y' },
          secrets: secret,
          types: ['Stripe', 'x'],
        },
        { category: 'VERIFIED_FALSE', filename: 'a.py', lines: { 8: 'x' }, secrets: other, types: [] },
      ],
    }),
    [7, 9].map(line => ({ tool: 'detect-secrets', rule: 'Stripe', value: secret, place: { file: 'a.py', line } })),
  ],
  [
    'whispers, JSON',
    'with a rule, and before it had one',
    json(
      { key: 'k', value: secret, file: 'a.py', line: 7, rule_id: 'apikey' },
      { key: 'k', value: secret, file: 'a.py', line: 7, message: 'API key', severity: 'High' },
    ),
    ['apikey', 'API key'].map(rule => ({ tool: 'whispers', rule, value: secret, place: { file: 'a.py', line: 7 } })),
  ],
  [
    'whispers, JSON',
    'lines',
    jsonLines({ key: 'k', value: secret, file: 'a.py', line: 7, rule_id: 'r' }),
    [{ tool: 'whispers', rule: 'r', value: secret, place: { file: 'a.py', line: 7 } }],
  ],
  [
    'Talisman, JSON',
    'contents, one cut off, a name and a size',
    JSON.stringify({
      summary: { types: {} },
      results: [
        {
          filename: 'a.py',
          failure_list: [
            { type: 'filecontent', message: `Potential secret pattern : k="${secret}"`, commits: [sha] },
            {
              type: 'filecontent',
              message: `Expected file to not to contain hex encoded texts such as: ${secret}...`,
              commits: [],
            },
            { type: 'filecontent', message: 'Potential secret pattern : AWS_SECRET_ACCESS_KEY=', commits: [sha] },
            { type: 'filesize', message: 'big' },
          ],
          warning_list: [{ type: 'filename', message: 'failed' }],
          ignore_list: [],
        },
      ],
    }),
    [
      { tool: 'talisman', rule: 'filecontent', value: `k="${secret}"`, place: { file: 'a.py', commit: sha } },
      { tool: 'talisman', rule: 'filecontent', redacted: true, place: { file: 'a.py' } },
      { tool: 'talisman', rule: 'filecontent', redacted: true, place: { file: 'a.py', commit: sha } },
      { tool: 'talisman', rule: 'filename', redacted: true, place: { file: 'a.py' } },
    ],
  ],
  ['Talisman, JSON', 'no results', '{"summary":{"types":{}},"results":[]}', []],
  [
    'CredSweeper, JSON',
    'one text, two, the lines of a private key, the end of an address, a hash',
    json(
      swept('API', [{ value: secret }]),
      swept('AWS Multi', [{ value: secret }, { value: other, line_num: 4 }]),
      swept('PEM Private Key', [{ value: '-----BEGIN X' }, { value: secret }, { value: '-----END X' }]),
      swept('Discord Webhook', [{ value: `/${secret}`, line: `u = "https://a.b/c/${secret}"`, value_start: 18 }]),
      swept('Token', [{ value: 'e3b0c442'.repeat(8), value_end: 40 }]),
    ),
    [
      { tool: 'credsweeper', rule: 'API', value: secret, place: sweptAt },
      { tool: 'credsweeper', rule: 'AWS Multi', parts: { text_1: secret, text_2: other }, place: sweptAt },
      {
        tool: 'credsweeper',
        rule: 'PEM Private Key',
        value: `-----BEGIN X\n${secret}\n-----END X`,
        place: sweptAt,
      },
      {
        tool: 'credsweeper',
        rule: 'Discord Webhook',
        value: `https://a.b/c/${secret}`,
        place: { ...sweptAt, column: 19 },
      },
      { tool: 'credsweeper', rule: 'Token', redacted: true, place: sweptAt },
    ],
  ],
]

/** A candidate of CredSweeper; each line has what it needs, and the rest as below. */
function swept(rule: string, lines: readonly object[]): object {
  const line = { line: '', line_num: 3, path: './a.py', info: '', variable: 'key', value_start: 7, value_end: 71 }
  return {
    rule,
    severity: 'high',
    confidence: 'strong',
    ml_probability: null,
    line_data_list: lines.map(own => ({ ...line, entropy: 4.2, ...own })),
  }
}
