import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keys, report, run, withNetwork } from './run.ts'
import { file } from './support.ts'

const { stripe, awsId, awsSecret } = keys
withNetwork()

describe('the scope in afterleak.yaml', () => {
  const check = (input: string, scope: string) =>
    run(['check', '--config', file('afterleak.yaml', scope), '--to', 'json'], { input })

  it('never asks about a key whose form names an account of somebody else', async () => {
    const { out, state } = await check(
      `{"provider":"aws","parts":{"key_id":"${awsId}","secret":"${awsSecret}"}}\n`,
      'scope: { aws: [999999999999] }\n',
    )
    expect(JSON.parse(out)).toMatchObject({
      cases: [
        {
          verdict: {
            state: 'skipped',
            reason: 'out_of_scope',
            because: expect.stringMatching(/^Not asked: its account is \d{12}, which is none of yours/),
            evidence: [],
          },
        },
      ],
    })
    expect(readdirSync(join(state, 'ledger'))).toEqual([])
  })

  it('sets a key aside once its provider names an account of somebody else', async () => {
    const { out, code } = await check(`stripe:${stripe}\n`, 'scope: { stripe: [acct_9] }\n')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      cases: [
        {
          verdict: {
            state: 'skipped',
            reason: 'out_of_scope',
            because: expect.stringMatching(/^It works, but its account is acct_1,/),
            identity: { account: 'acct_1' },
          },
        },
      ],
    })
  })

  it('leaves your own as they are', async () => {
    const { out } = await check(`stripe:${stripe}\n`, 'scope: { stripe: [acct_1], aws: [999999999999] }\n')
    expect(JSON.parse(out)).toMatchObject({ cases: [{ verdict: { state: 'live' } }] })
  })

  it('names a provider that there is not', async () => {
    const { code, error } = await run([
      'check',
      report(stripe),
      '--config',
      file('afterleak.yaml', 'scope: { strip: [acct_1] }\n'),
    ])
    expect([code, error]).toEqual([2, expect.stringMatching(/there is no provider "strip"/)])
  })
})
