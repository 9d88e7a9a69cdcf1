import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type { UsageEvent } from '../../src/model/usage.ts'
import { toOcsf } from '../../src/report/ocsf.ts'

// ocsf-api-activity.json is a reduced copy of the OCSF schema; its $comment names source, commit and licence (Apache 2.0).
const valid = new Ajv2020({ strict: false, allErrors: true }).compile(
  JSON.parse(readFileSync(new URL('ocsf-api-activity.json', import.meta.url), 'utf8')),
)

const least: UsageEvent = {
  id: 'e1',
  at: 1_793_527_200_000,
  source: 'github-audit',
  kind: 'event',
  credential: { uid: 'h', match: 'exact' },
  action: 'git.clone',
  verb: 'read',
  outcome: 'success',
}
const most: UsageEvent = {
  ...least,
  source: 'cloudtrail',
  kind: 'aggregate',
  credential: { uid: 'K2', match: 'principal', parent: 'K1' },
  ip: '192.0.2.1',
  asn: 64_500,
  country: 'DE',
  userAgent: 'aws-cli/2',
  action: 'DeleteUser',
  service: 'iam',
  verb: 'admin',
  region: 'eu-west-1',
  account: '123456789012',
  actor: 'arn:aws:iam::123456789012:user/alice',
  resource: 'bob',
  outcome: 'failure',
  error: 'AccessDenied',
  requestId: 'R1',
  bytes: 7,
  count: 3,
  cost: 1.5,
  ours: true,
}

describe('a use as OCSF', () => {
  it.each([
    ['with the least', least],
    ['with everything', most],
    [
      'of a log that knows the account only',
      { ...least, account: 'acme', credential: { uid: 'acme', match: 'account' } } as const,
    ],
  ])('keeps to the schema %s', (_what, event) => {
    valid(toOcsf(event))
    expect(valid.errors ?? []).toEqual([])
  })

  it('says what was done, by whom and with which key', () => {
    expect(toOcsf(most)).toMatchObject({
      type_uid: 600_304,
      status_id: 2,
      actor: { user: { uid: most.actor, credential_uid: 'K2' } },
      api: {
        operation: 'DeleteUser',
        service: { name: 'iam' },
        request: { uid: 'R1' },
        response: { error: 'AccessDenied' },
      },
      cloud: { provider: 'AWS', account: { uid: '123456789012' } },
      unmapped: { credential_match: 'principal', parent_credential_uid: 'K1' },
    })
  })

  it('is refused by the schema where a field is wrong', () => {
    expect(valid({ ...toOcsf(least), src_address: 'x' })).toBe(false)
  })
})
