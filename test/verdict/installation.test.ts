import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { Catalog } from '../../src/catalog/catalog.ts'
import { madeUp } from '../../src/catalog/made-up.ts'
import { Keyring } from '../../src/model/keyring.ts'
import { check, understand, type Walk } from '../../src/pipeline.ts'
import { Places } from '../../src/store/places.ts'
import { finding, type Plain, shipped } from '../identify/support.ts'

const gitlab = madeUp('glpat-{alnum:20}', 'installation')
const github = madeUp('ghp_{alnum:30}{crc32}', 'installation')
const sentry = madeUp('sntryu_{hex:64}', 'installation')
const unknownThere = { message: '401 Unauthorized' }
const revoked = {
  error: 'invalid_token',
  error_description: 'Token was revoked. You have to re-authorize from the user.',
}
const badCredentials = { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest' }

/** What the walk makes of a key that its provider's own host refuses. */
async function refused(plain: readonly Plain[], json: unknown, hosts?: ReadonlyMap<string, string>): Promise<string> {
  const keyring = new Keyring()
  const walk: Walk = {
    catalog: new Catalog(shipped),
    keyring,
    places: new Places(tmpdir()),
    fingerprintKey: Buffer.alloc(32),
    planning: hosts === undefined ? {} : { hosts },
    memo: { once: (_, ask) => ask() },
    send: async () => ({
      sentAt: '2026-11-24T10:00:00.000Z',
      reply: { status: 401, headers: {}, kind: 'json', body: json },
    }),
  }
  const found = (async function* () {
    for (const one of plain) yield finding(one, keyring)
  })()
  const said: string[] = []
  for await (const { verdict } of check(await understand(found, walk), walk))
    said.push(`${verdict.state}/${verdict.reason} ${verdict.because}`)
  return said.join('\n')
}

it.each<readonly [what: string, found: readonly Plain[], json: unknown, expected: RegExp]>([
  [
    'of GitLab, from nowhere in particular',
    [{ value: gitlab }],
    unknownThere,
    /^unknown\/ambiguous_pair gitlab\.com does not know it, but nothing says/,
  ],
  [
    'of GitLab, in a repository of its own',
    [{ value: gitlab, url: 'https://gitlab.com/acme/shop/-/blob/main/.env' }],
    unknownThere,
    /^dead\/rejected/,
  ],
  [
    'of GitLab, in somebody’s own GitLab',
    [{ value: gitlab, url: 'https://git.acme.example/shop/-/blob/main/.env' }],
    unknownThere,
    /found with git\.acme\.example.*--host gitlab=https:\/\/git\.acme\.example$/,
  ],
  [
    'of GitLab, in a repository at GitHub',
    [{ value: gitlab, url: 'https://github.com/acme/shop/blob/main/.env' }],
    unknownThere,
    /^unknown\/ambiguous_pair/,
  ],
  [
    'of GitLab, by the user’s word',
    [{ tool: 'lines', provider: 'gitlab', value: gitlab }],
    unknownThere,
    /^dead\/rejected/,
  ],
  [
    'of GitLab, by the user’s word, in an address of another host',
    [{ tool: 'lines', provider: 'gitlab', value: `https://oauth2:${gitlab}@git.acme.example/shop.git` }],
    unknownThere,
    /^unknown\/ambiguous_pair/,
  ],
  [
    'of GitLab, which was revoked there',
    [{ value: gitlab, url: 'https://git.acme.example/shop/-/blob/main/.env' }],
    revoked,
    /^dead\/revoked/,
  ],
  ['of GitHub, from nowhere in particular', [{ value: github }], badCredentials, /^dead\/rejected/],
  [
    'of GitHub, in a repository at GitLab',
    [{ value: github, url: 'https://gitlab.com/acme/shop/-/blob/main/.env' }],
    badCredentials,
    /^dead\/rejected/,
  ],
  [
    'of GitHub, in somebody’s own GitHub',
    [{ value: github, url: 'https://github.acme.example/shop/blob/main/.env' }],
    badCredentials,
    /--host github=https:\/\/github\.acme\.example$/,
  ],
  [
    'of GitHub, in a repository with data residency',
    [{ value: github, url: 'https://octo.ghe.com/acme/shop/blob/main/.env' }],
    badCredentials,
    /found with octo\.ghe\.com.*--host github=https:\/\/api\.octo\.ghe\.com$/,
  ],
  [
    'of GitHub, in an address of somebody’s own GitHub',
    [{ value: `git clone https://${github}@github.acme.example/shop.git` }],
    badCredentials,
    /^unknown\/ambiguous_pair/,
  ],
  [
    'of GitHub, in one of github.com',
    [{ value: `git clone https://${github}@github.com/acme/shop.git` }],
    badCredentials,
    /^dead\/rejected/,
  ],
  [
    'of GitHub, once with another host and once without',
    [
      { value: github, file: 'a' },
      { value: github, url: 'https://github.acme.example/shop/blob/main/.env' },
    ],
    badCredentials,
    /^unknown\/ambiguous_pair/,
  ],
  [
    'of Sentry, beside its own host',
    [{ value: `SENTRY_URL=https://sentry.io SENTRY_AUTH_TOKEN=${sentry}` }],
    { detail: 'Invalid token' },
    /^dead\/rejected/,
  ],
  [
    'of Sentry, beside another host',
    [{ value: `sentry-cli --url https://sentry.acme.example --auth-token ${sentry}` }],
    { detail: 'Invalid token' },
    /found with sentry\.acme\.example/,
  ],
  [
    'of Sentry, with another host some lines off',
    [{ value: `url = https://acme.example\ntoken = ${sentry}` }],
    { detail: 'Invalid token' },
    /^dead\/rejected/,
  ],
  [
    'of Sentry, in a repository anywhere',
    [{ value: sentry, url: 'https://git.acme.example/shop/-/blob/main/.env' }],
    { detail: 'Invalid token' },
    /^dead\/rejected/,
  ],
])('hears a refusal %s', async (_, found, json, expected) => expect(await refused(found, json)).toMatch(expected))

it('believes the host that the user names', async () => {
  const found = [{ value: gitlab, url: 'https://git.acme.example/shop/-/blob/main/.env' }]
  for (const host of ['https://gitlab.com', 'https://git.acme.example'])
    expect(await refused(found, unknownThere, new Map([['gitlab', host]]))).toMatch(/^dead\/rejected/)
})
