import { at, isRecord } from '../model/path.ts'
import type { Reply, Send } from '../model/request.ts'
import type { Secret } from '../model/secret.ts'
import { ask } from './ask.ts'
import { type AwsIdentity, awsIdentity } from './aws-profile.ts'
import { endpoints } from './endpoints.ts'
import { fieldOf } from './field-of.ts'
import type { AskingMeans } from './means.ts'
import { addressIn } from './store-address.ts'
import { UnresolvedReference } from './unresolved.ts'

/** Secrets of AWS Secrets Manager, by name or ARN; `#key` takes one key of a secret that is a JSON object. */
export function openSecretsManager(means: AskingMeans): (rest: string) => Promise<Secret> {
  const values = new Map<string, Promise<string>>()
  let session: Promise<{ readonly identity: AwsIdentity; readonly send: Send }> | undefined
  const signIn = async (reference: string) => ({
    identity: await awsIdentity(means, reference),
    send: await means.connect([]),
  })
  return async rest => {
    const { id, key } = parse(rest)
    const reference = `aws-sm:${id}`
    session ??= signIn(reference)
    const { identity, send } = await session
    const value = values.get(id) ?? read(means, send, identity, id)
    values.set(id, value)
    const text = await value
    if (key === undefined) return means.secret(text)
    // All of it, too: an error of something else could repeat it.
    means.secret(text)
    return means.secret(fieldOf(parsed(text, `${reference}#${key}`), key, `${reference}#${key}`))
  }
}

/** Names: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
function parse(rest: string): { readonly id: string; readonly key?: string } {
  const [, id, key] =
    /^(arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@!-]+|[\w/+=.@!-]{1,512})(?:#(.+))?$/s.exec(
      rest,
    ) ?? []
  if (id === undefined)
    throw new UnresolvedReference(
      'aws-sm:…: write it as aws-sm:NAME or aws-sm:NAME#KEY; an ARN can stand for the name.',
    )
  return key === undefined ? { id } : { id, key }
}

async function read(means: AskingMeans, send: Send, identity: AwsIdentity, id: string): Promise<string> {
  const reference = `aws-sm:${id}`
  const region = /^arn:[^:]+:secretsmanager:([^:]+):/.exec(id)?.[1] ?? identity.region
  if (region === undefined)
    throw new UnresolvedReference(
      `${reference} was not read: no region is set. Set AWS_REGION, or name the secret by its ARN.`,
    )
  const { secret, session, key } = identity
  const reply = await ask(send, endpoints.awsSecret, {
    reference,
    ...addressFor(means, region, reference),
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'secretsmanager.GetSecretValue' },
    auth: {
      sigv4: {
        service: 'secretsmanager',
        region,
        key: '{key}',
        secret: '{secret}',
        ...(session !== undefined && { session: '{session}' }),
      },
    },
    body: { json: { SecretId: '{id}' } },
    secrets: { secret: means.secret(secret), ...(session !== undefined && { session: means.secret(session) }) },
    facts: { id, key },
  })
  const { SecretString: text, SecretBinary: binary } = isRecord(reply.body) ? reply.body : {}
  if (reply.status !== 200) throw refused(reply, reference, region)
  if (typeof text === 'string' && text !== '') return text
  if (typeof binary === 'string' && binary !== '') return decoded(binary, reference)
  throw new UnresolvedReference(
    `${reference} was not read: it has no value, or something else than AWS answers in its place.`,
  )
}

/** The region's own host: https://docs.aws.amazon.com/general/latest/gr/asm.html; else the one that the user named for AWS's tools. */
function addressFor({ environment }: AskingMeans, region: string, reference: string) {
  if (environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() !== 'true')
    for (const variable of ['AWS_ENDPOINT_URL_SECRETS_MANAGER', 'AWS_ENDPOINT_URL'])
      if (environment[variable]) return addressIn(variable, environment, reference)
  if (!/^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/.test(region) || region.startsWith('us-iso'))
    throw new UnresolvedReference(`${reference} was not read: this is not a region of AWS. Check AWS_REGION.`)
  const suffix = region.startsWith('cn-')
    ? 'amazonaws.com.cn'
    : region.startsWith('eusc-')
      ? 'amazonaws.eu'
      : 'amazonaws.com'
  return { origin: `https://secretsmanager.${region}.${suffix}` }
}

function parsed(text: string, reference: string): unknown {
  try {
    const document: unknown = JSON.parse(text)
    if (isRecord(document)) return document
  } catch {
    // Said below: what the parser says repeats the text.
  }
  throw new UnresolvedReference(
    `${reference} was not read: the secret is no JSON object, so it has no keys. Leave out the part from # on.`,
  )
}

function decoded(base64: string, reference: string): string {
  const bytes = Buffer.from(base64, 'base64')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new UnresolvedReference(
      `${reference} was not read: it is binary and no text, so it can't be a part of a key.`,
    )
  }
}

/** Errors: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html#API_GetSecretValue_Errors and CommonErrors.html */
const meaning: Readonly<Record<string, string>> = {
  ResourceNotFoundException: 'there is no secret of this name, or it has no value yet. Check name, region and account',
  AccessDeniedException: 'these credentials may not call secretsmanager:GetSecretValue on it (or not kms:Decrypt)',
  DecryptionFailure: 'its KMS key is disabled, deleted or not permitted. Check the key',
  InvalidRequestException: 'it is marked for deletion. Restore it, or name another',
  InvalidParameterException: 'its name is not one that AWS takes',
  ExpiredTokenException: 'the AWS session has expired. Sign in again',
  UnrecognizedClientException: 'AWS does not know these credentials. Check AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN',
  InvalidSignatureException:
    'the secret access key is wrong, or the clock of this machine is. Check AWS_SECRET_ACCESS_KEY',
  IncompleteSignature: 'the signature did not arrive whole. Check the proxy',
}

function refused({ status, body, headers }: Reply, reference: string, region: string): UnresolvedReference {
  const named = at(body, '__type')
  const type = typeof named === 'string' ? named : (headers['x-amzn-errortype'] ?? '')
  const code = /(\w+)(?::.*)?$/.exec(type.replace(/^.*#/, ''))?.[1] ?? ''
  const known = Object.entries(meaning).find(([name]) => name === code)
  const why = known === undefined ? 'which does not say why' : `${known[0]}: ${known[1]}`
  return new UnresolvedReference(`${reference} was not read: Secrets Manager in ${region} answered ${status}, ${why}.`)
}
