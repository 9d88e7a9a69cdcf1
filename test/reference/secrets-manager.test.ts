import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { sign } from '../../src/engine/auth/sigv4.ts'
import { type Asked, readFrom, type Said } from './stores.ts'

const region = 'eu-west-1'
const host = `secretsmanager.${region}.amazonaws.com`
const id = madeUp('AKIA{upper:16}', 'aws id')
const secret = madeUp('{base64:40}', 'aws secret')
const stripe = madeUp('sk_live_{alnum:34}', 'aws value')
const environment = { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_REGION: region }

/** Answers what is signed with our key over target, date and body, and nothing else. */
function aws(answer: (name: string) => Said): (asked: Asked) => Said {
  return ({ method, host: named, path, headers, body }) => {
    const stamp = String(headers['x-amz-date'])
    const at = new Date(stamp.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'))
    const target = { 'x-amz-target': 'secretsmanager.GetSecretValue' }
    const url = new URL(path, `https://${named}`)
    const right = sign({ method, url, body, headers: target, key: id, secret, region, service: 'secretsmanager' }, at)
    if (headers.authorization !== right['authorization']) return failing('InvalidSignatureException')
    return answer(String(JSON.parse(body).SecretId))
  }
}

function failing(type: string, status = 400): Said {
  return { status, text: JSON.stringify({ __type: type, Message: `of ${stripe}` }), headers: json }
}

const json = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'req-1' }

function holding(fields: Readonly<Record<string, string>>): (asked: Asked) => Said {
  return aws(() => ({ status: 200, text: JSON.stringify({ Name: 'ci/stripe', ...fields }), headers: json }))
}

describe('a reference to AWS Secrets Manager', () => {
  it.each<[string, Readonly<Record<string, string>>, string, string]>([
    ['a text', { SecretString: stripe }, 'aws-sm:ci/stripe', stripe],
    ['one key of an object', { SecretString: JSON.stringify({ key: stripe }) }, 'aws-sm:ci/stripe#key', stripe],
    [
      'text that was stored as bytes',
      { SecretBinary: Buffer.from(stripe).toString('base64') },
      'aws-sm:ci/stripe',
      stripe,
    ],
    [
      'a secret by its ARN',
      { SecretString: stripe },
      `aws-sm:arn:aws:secretsmanager:${region}:123456789012:secret:ci/stripe-AbCdEf`,
      stripe,
    ],
  ])('reads %s', async (_, fields, reference, expected) => {
    const { values, ledger } = await readFrom(host, holding(fields), environment, [reference])
    expect(values).toEqual([expected])
    expect(ledger).toContain('"channel":"reference","provider":"aws","request":"GetSecretValue"')
    expect(ledger).toContain('"requestId":"req-1"')
    for (const text of [secret, stripe]) expect(ledger).not.toContain(text)
  })

  it('asks once for two keys of one secret', async () => {
    const answer = holding({ SecretString: JSON.stringify({ id: 'one', key: stripe }) })
    const { values, asked } = await readFrom(host, answer, environment, ['aws-sm:ci/stripe#id', 'aws-sm:ci/stripe#key'])
    expect(values).toEqual(['one', stripe])
    expect(asked).toHaveLength(1)
  })

  it('takes keys and region from a profile, as the AWS command line does', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'afterleak-aws-'))
    const credentials = join(folder, 'credentials')
    const config = join(folder, 'config')
    writeFileSync(
      credentials,
      `[default]\naws_access_key_id = other\n\n[ci]\naws_access_key_id=${id}\naws_secret_access_key = ${secret}\n`,
    )
    writeFileSync(config, `# ours\n[profile ci]\nregion = ${region}\ns3 =\n  region = us-east-1\n`)
    const own = { AWS_PROFILE: 'ci', AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_CONFIG_FILE: config }
    const { values } = await readFrom(host, holding({ SecretString: stripe }), own, ['aws-sm:ci/stripe'])
    expect(values).toEqual([stripe])
    writeFileSync(config, '[profile sso]\nsso_session = corp\n')
    const signIn = await readFrom(host, holding({}), { ...own, AWS_PROFILE: 'sso' }, ['aws-sm:ci/stripe'])
    expect(signIn.values[0]).toMatch(/has no keys of its own but sso_session, which is not followed here/)
    expect(signIn.asked).toEqual([])
  })

  it('signs a session token along', async () => {
    const session = madeUp('{base64:60}', 'session')
    const { asked, ledger } = await readFrom(
      host,
      () => failing('ExpiredTokenException'),
      { ...environment, AWS_SESSION_TOKEN: session },
      ['aws-sm:a'],
    )
    expect(asked[0]?.headers['x-amz-security-token']).toBe(session)
    expect(asked[0]?.headers.authorization).toContain('x-amz-security-token;x-amz-target')
    expect(ledger).not.toContain(session)
  })

  it.each<[string, Said, RegExp]>([
    [
      'a name that is not there',
      failing('ResourceNotFoundException'),
      /ResourceNotFoundException: there is no secret of this name/,
    ],
    ['a refusal', failing('AccessDeniedException'), /may not call secretsmanager:GetSecretValue/],
    ['an expired session', failing('ExpiredTokenException'), /the AWS session has expired/],
    ['unknown credentials', failing('UnrecognizedClientException'), /AWS does not know these credentials/],
    ['a deleted secret', failing('InvalidRequestException'), /marked for deletion/],
    ['a long type', failing('com.amazonaws.secretsmanager#DecryptionFailure'), /its KMS key/],
    ['an answer without a reason', { status: 400, json: {} }, /answered 400, which does not say why/],
    ['an answer without a value', { status: 200, json: {} }, /has no value, or something else than AWS/],
  ])('says what to do about %s, and repeats nothing of it', async (_, said, says) => {
    const { values, asked } = await readFrom(host, () => said, environment, ['aws-sm:ci/stripe'])
    expect(values[0]).toMatch(says)
    expect(values[0]).not.toContain(stripe)
    expect(asked).toHaveLength(1)
  })

  it('asks again where it is asked too often', async () => {
    const answers = [
      failing('ThrottlingException'),
      { status: 200, text: JSON.stringify({ SecretString: stripe }), headers: json },
    ]
    const { values } = await readFrom(host, () => answers.shift() ?? failing('x'), environment, ['aws-sm:a'], {
      patience: 5000,
    })
    expect(values).toEqual([stripe])
    const always = await readFrom(host, () => failing('ThrottlingException'), environment, ['aws-sm:a'], {
      patience: 5000,
    })
    expect(always.values[0]).toMatch(/asked too often/)
    expect(always.asked).toHaveLength(2)
  })

  it.each<[string, Readonly<Record<string, string>>, string, RegExp]>([
    ['a key of what is no object', { SecretString: stripe }, 'aws-sm:a#key', /is no JSON object, so it has no keys/],
    ['a key of a list', { SecretString: `["${stripe}"]` }, 'aws-sm:a#0', /is no JSON object/],
    ['a key that is not there', { SecretString: `{"${stripe}":"x"}` }, 'aws-sm:a#key', /no such field \(it has 1\)/],
    ['bytes that are no text', { SecretBinary: '/////w==' }, 'aws-sm:a', /it is binary and no text/],
  ])('says that there is no text behind %s', async (_, fields, reference, says) => {
    const { values } = await readFrom(host, holding(fields), environment, [reference])
    expect(values[0]).toMatch(says)
    expect(values[0]).not.toContain(stripe)
  })

  it.each<[string, Readonly<Record<string, string>>, string, RegExp]>([
    ['no credentials', { AWS_REGION: region }, 'aws-sm:a', /there are no AWS credentials.*Machine roles are not asked/],
    ['half of them', { AWS_REGION: region, AWS_ACCESS_KEY_ID: id }, 'aws-sm:a', /only one is set/],
    ['no region', { ...environment, AWS_REGION: '' }, 'aws-sm:a', /no region is set/],
    ['a region that is a host', { ...environment, AWS_REGION: 'evil.example.com/' }, 'aws-sm:a', /not a region of AWS/],
    ['what is no name', environment, 'aws-sm:a b', /write it as aws-sm:NAME/],
  ])('sends nothing with %s', async (_, own, reference, says) => {
    const { values, asked } = await readFrom(host, holding({}), own, [reference])
    expect(values[0]).toMatch(says)
    expect(asked).toEqual([])
  })
})
