import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { startLoopback } from '../../src/demo/loopback.ts'
import { simulated } from './network.ts'
import { run } from './run.ts'
import { file, folder } from './support.ts'

const openaiKeys = Array.from({ length: 500 }, (_, index) =>
  madeUp('sk-proj-{alnum:74}T3BlbkFJ{alnum:74}', `look-up ${index}`),
)
const openaiAdmin = madeUp('sk-admin-{alnum:58}T3BlbkFJ{alnum:58}', 'look-up admin')
const vaultTokens = ['works', 'gone'].map(name => madeUp('hvs.{alnum:95}', `look-up ${name}`))
const [works = ''] = vaultTokens
const vaultAdmin = madeUp('hvs.{alnum:95}', 'look-up admin')

interface Seen {
  readonly host: string
  readonly path: string
  readonly asker: string
  readonly body: string
}
const seen: Seen[] = []
/** What OpenAI's lists are answered with; a test may take the administrator's right away. */
const openai = { refuses: false }

async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  const { host = '', authorization = '', 'x-vault-token': vault = '' } = request.headers
  const asked = {
    host: host.replace(/:\d+$/, ''),
    path: request.url ?? '',
    asker: authorization.replace('Bearer ', '') || String(vault),
    body: Buffer.concat(chunks).toString(),
  }
  seen.push(asked)
  const { status = 200, json } = asked.host === 'api.openai.com' ? openaiSays(asked) : vaultSays(asked)
  response.writeHead(status, { 'content-type': 'application/json' })
  return response.end(JSON.stringify(json))
}

function openaiSays({ path, asker }: Seen): { readonly status?: number; readonly json: unknown } {
  if (openai.refuses || asker !== openaiAdmin)
    return { status: 401, json: { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } } }
  if (path.startsWith('/v1/organization/projects?'))
    return { json: { object: 'list', data: [{ id: 'proj_1', object: 'organization.project' }], has_more: false } }
  const second = path.includes('after=')
  // The last one is in no list.
  const data = openaiKeys.slice(second ? 250 : 0, second ? 499 : 250).map((key, index) => ({
    object: 'organization.project.api_key',
    id: `key_${(second ? 250 : 0) + index}`,
    redacted_value: `${key.slice(0, 14)}...${key.slice(-6)}`,
    name: 'ci',
    last_used_at: 1_711_471_534,
  }))
  return { json: { object: 'list', data, last_id: data.at(-1)?.id, has_more: !second } }
}

function vaultSays({ path, asker, body }: Seen): { readonly status?: number; readonly json: unknown } {
  if (asker !== vaultAdmin) return { status: 403, json: { errors: ['permission denied'] } }
  const token = { accessor: 'a1', display_name: 'app', path: 'auth/approle/login', policies: ['app'], num_uses: 1 }
  if (path === '/v1/auth/token/lookup-self') return { json: { data: { ...token, accessor: 'a0' } } }
  if (path === '/v1/sys/audit-hash/file') return { json: { data: { hash: `hmac-sha256:${body.length}` } } }
  if (path === '/v1/auth/token/lookup' && body.includes(works)) return { json: { data: token } }
  return { status: 403, json: { errors: ['1 error occurred:\n\t* bad token\n\n'] } }
}

beforeAll(async () => {
  simulated.network = await startLoopback(
    ['api.openai.com', 'vault.example.com'],
    (request, response) => void answer(request, response),
  )
})
afterAll(() => simulated.network?.close())
beforeEach(() => {
  seen.length = 0
  openai.refuses = false
})

const environment = () => ({ XDG_STATE_HOME: folder(), OPENAI_ADMIN: openaiAdmin, VAULT_ADMIN: vaultAdmin })
const admin = ['--admin', 'openai=env:OPENAI_ADMIN']
const lines = (provider: string, keys: readonly string[]) =>
  file('keys.txt', `${keys.map(key => `${provider}:${key}`).join('\n')}\n`)

describe('the keys of an OpenAI project', () => {
  it('are looked for in lists that are read once, however many there are', { timeout: 60_000 }, async () => {
    const keys = lines('openai', openaiKeys)
    const { out, error } = await run(['check', keys, ...admin, '--no-touch', '--to', 'json'], {
      environment: environment(),
    })
    const { cases } = JSON.parse(out)
    expect(cases).toHaveLength(500)
    // The projects, and the two pages of the only one.
    expect(seen.map(({ path }) => path.replace(/\?.*/, ''))).toEqual([
      '/v1/organization/projects',
      '/v1/organization/projects/proj_1/api_keys',
      '/v1/organization/projects/proj_1/api_keys',
    ])
    const found = cases.filter((one: { verdict: { identity?: object } }) => one.verdict.identity !== undefined)
    expect(
      new Set(
        found.map((one: { verdict: { identity: { likely_key_id: string } } }) => one.verdict.identity.likely_key_id),
      ).size,
    ).toBe(499)
    // Six characters tell which one is likely meant, and never whether it works.
    expect(
      new Set(
        cases.map(
          (one: { verdict: { state: string; reason: string } }) => `${one.verdict.state}/${one.verdict.reason}`,
        ),
      ),
    ).toEqual(new Set(['skipped/no_touch']))
    for (const secret of [openaiAdmin, ...openaiKeys.slice(0, 5)]) expect(out + error).not.toContain(secret)
  })

  it('are not asked for again and again with a credential that was refused', { timeout: 60_000 }, async () => {
    openai.refuses = true
    const { out } = await run(['check', lines('openai', openaiKeys), ...admin, '--no-touch', '--to', 'json'], {
      environment: environment(),
    })
    expect(seen).toHaveLength(1)
    expect(JSON.parse(out).cases[499].lookup).toMatchObject([{ state: 'denied', why: expect.stringContaining('401') }])
  })

  it('are probed after the look-up, which decides nothing', async () => {
    const { out } = await run(['check', lines('openai', openaiKeys.slice(0, 1)), ...admin, '--to', 'json'], {
      environment: environment(),
    })
    expect(JSON.parse(out).cases[0]).toMatchObject({
      verdict: { state: 'dead', reason: 'rejected', identity: { likely_key_id: 'key_0' } },
      lookup: [{ source: 'openai project_key', state: 'ok', marks: { last_used_at: ['1711471534'] } }],
    })
    expect(seen.map(({ asker }) => asker === openaiAdmin)).toEqual([true, true, true, false])
  })
})

describe('a Vault token with one use left', () => {
  const vault = [
    '--admin',
    'vault=env:VAULT_ADMIN',
    '--admin',
    'vault.audit=file',
    '--host',
    'vault=https://vault.example.com',
  ]

  it('is judged by an administrator’s look-up, and keeps its use', async () => {
    const { out } = await run(['check', lines('vault', vaultTokens), ...vault, '--to', 'json'], {
      environment: environment(),
    })
    const states = JSON.parse(out).cases.map(
      (one: { verdict: { state: string; identity?: Readonly<Record<string, string>> } }) => [
        one.verdict.state,
        one.verdict.identity?.['accessor'],
        one.verdict.identity?.['audited_token_id']?.startsWith('hmac-sha256:'),
      ],
    )
    expect(states).toEqual([
      ['live', 'a1', true],
      ['dead', undefined, true],
    ])
    expect(new Set(seen.map(({ asker }) => asker))).toEqual(new Set([vaultAdmin]))
    expect(seen.filter(({ path }) => path.endsWith('lookup-self'))).toHaveLength(1)
  })

  it('is named beforehand with all that would be sent', async () => {
    const { out } = await run(['check', lines('vault', [works]), ...vault, '--dry-run', '--to', 'json'], {
      environment: environment(),
    })
    expect(seen).toEqual([])
    const { requests } = JSON.parse(out)
    expect(requests).toMatchObject([
      {
        use: 'lookup',
        source: 'vault token',
        with: 'admin',
        method: 'GET',
        url: 'https://vault.example.com/v1/auth/token/lookup-self',
        effect: 'none',
      },
      {
        use: 'lookup',
        source: 'vault token',
        with: 'admin',
        method: 'POST',
        url: 'https://vault.example.com/v1/auth/token/lookup',
      },
      {
        use: 'lookup',
        source: 'vault audit_hash',
        with: 'admin',
        method: 'POST',
        url: 'https://vault.example.com/v1/sys/audit-hash/{admin_audit}',
      },
      { use: 'probe', with: 'key', method: 'GET' },
      { use: 'probe', with: 'key', method: 'GET', alternative: true },
    ])
  })
})

describe('a dry run of an investigation', () => {
  it('names the logs that would be read, by whom, and those of several keys once', async () => {
    const keyId = madeUp('AKIA{aws-account:210987654321}', 'look-up aws')
    const found = file(
      '.env',
      `AWS_ACCESS_KEY_ID=${keyId}\nAWS_SECRET_ACCESS_KEY=${madeUp('{base64:40}', 'look-up aws')}\n`,
    )
    const asked = [
      '--admin',
      `aws.key_id=${madeUp('AKIA{aws-account:210987654321}', 'look-up aws admin')}`,
      '--admin',
      'aws.secret=env:OPENAI_ADMIN',
    ]
    const { out } = await run(['investigate', found, '--pull', ...asked, '--dry-run', '--to', 'json'], {
      environment: environment(),
    })
    const { requests } = JSON.parse(out)
    const inShort = requests.map(
      (row: Readonly<Record<string, string>>) => `${row['use']} ${row['with']} ${row['method']} ${row['url']}`,
    )
    expect(inShort.slice(0, 3)).toEqual([
      expect.stringMatching(/^lookup admin GET https:\/\/iam\.amazonaws\.com\/\?Action=GetAccessKeyLastUsed/),
      expect.stringMatching(/^lookup admin GET .*Action=ListAccessKeys.*UserName=\{user_name\}$/),
      expect.stringMatching(/^probe key GET https:\/\/sts\./),
    ])
    expect(inShort).toContain('usage admin POST https://cloudtrail.{trail_region}.amazonaws.com/')
    expect(seen).toEqual([])
    expect(out).not.toContain('told-')
    const text = await run(['investigate', found, '--pull', ...asked, '--dry-run'], { environment: environment() })
    expect(text.out).toMatch(/look-up last_used with your own credential/)
    expect(text.out).toMatch(/\nNothing was sent\. \d+ requests to \d+ hosts would be/)
  })

  it('reads no log without --pull', async () => {
    const { out } = await run(['investigate', lines('vault', [works]), '--dry-run', '--to', 'json'], {
      environment: environment(),
    })
    expect(JSON.parse(out).requests.filter(({ use }: { readonly use: string }) => use !== 'probe')).toEqual([])
  })
})
