import { homedir } from 'node:os'
import { join } from 'node:path'
import { at, isRecord } from '../model/path.ts'
import type { Reply, Send } from '../model/request.ts'
import type { Secret } from '../model/secret.ts'
import { ask, type Question } from './ask.ts'
import { type Endpoint, endpoints } from './endpoints.ts'
import { fieldOf } from './field-of.ts'
import type { AskingMeans } from './means.ts'
import { readSecretFile } from './secret-file.ts'
import { addressIn, certificatesIn } from './store-address.ts'
import { UnresolvedReference } from './unresolved.ts'

/**
 * Secrets of HashiCorp Vault's key-value engine, version 1 or 2, as the environment of its own command line says:
 * https://developer.hashicorp.com/vault/docs/commands#configure-environment-variables
 */
export function openVault(means: AskingMeans): (rest: string) => Promise<Secret> {
  const documents = new Map<string, Promise<unknown>>()
  let session: Promise<Session> | undefined
  return async rest => {
    const { path, field } = parse(rest)
    const reference = `vault:${path}`
    session ??= signIn(means, reference)
    const open = await session
    const document = documents.get(path) ?? read(open, path, reference)
    documents.set(path, document)
    return means.secret(fieldOf(await document, field, `${reference}#${field}`))
  }
}

interface Session {
  readonly ask: (endpoint: Endpoint, question: Pick<Question, 'reference' | 'holes'>) => Promise<Reply>
  readonly host: string
}

function parse(rest: string): { readonly path: string; readonly field: string } {
  const [, path = '', field = ''] = /^([^#]+)#(.+)$/s.exec(rest) ?? []
  const steps = path.split('/')
  // A step of dots would lead to another path.
  if (field === '' || steps.length < 2 || steps.some(step => step === '' || /^\.+$/.test(step)))
    throw new UnresolvedReference('vault:…: write it as vault:MOUNT/PATH#FIELD, for example vault:secret/ci/stripe#key')
  return { path, field }
}

async function signIn(means: AskingMeans, reference: string): Promise<Session> {
  const { environment, secret } = means
  const { origin, prefix } = addressIn('VAULT_ADDR', environment, reference)
  const { host } = new URL(origin)
  const send = await means.connect(await certificatesIn('VAULT_CACERT', environment, reference))
  const namespace = environment['VAULT_NAMESPACE'] ?? ''
  const headers = { 'x-vault-request': 'true', ...(namespace !== '' && { 'x-vault-namespace': '{namespace}' }) }
  const fixed = { origin, prefix, headers, facts: { namespace }, final: isSealed }
  const token = await tokenFor(means, send, { ...fixed, reference })
  const auth = { header: { name: 'x-vault-token', value: '{token}' } }
  return {
    host,
    ask: (endpoint, question) =>
      ask(send, endpoint, { ...fixed, ...question, auth, secrets: { token: secret(token) } }),
  }
}

/** The token of the environment, else that of an AppRole, else that of the last `vault login`. */
async function tokenFor(means: AskingMeans, send: Send, question: Question): Promise<string> {
  const { VAULT_TOKEN: token, VAULT_ROLE_ID: role, VAULT_SECRET_ID: id, HOME: home } = means.environment
  if (token) return token.trim()
  if (role && id) {
    const reply = await ask(send, endpoints.vaultLogin, {
      ...question,
      body: { json: { role_id: '{role}', secret_id: '{id}' } },
      secrets: { role: means.secret(role), id: means.secret(id) },
    })
    const given = at(reply.body, 'auth.client_token')
    if (reply.status === 200 && typeof given === 'string' && given !== '') return given
    throw refused(reply, question, 'VAULT_ROLE_ID and VAULT_SECRET_ID were not taken')
  }
  if (role || id)
    throw new UnresolvedReference(
      `${question.reference} was not read: of VAULT_ROLE_ID and VAULT_SECRET_ID only one is set. Set both, or VAULT_TOKEN.`,
    )
  const file = join(home ?? homedir(), '.vault-token')
  const stored = await readSecretFile(file, file, means.warn).catch(() => '')
  if (stored.trim() !== '') return stored.trim()
  throw new UnresolvedReference(
    `${question.reference} was not read: there is no Vault token. Run vault login, or set VAULT_TOKEN, or VAULT_ROLE_ID and VAULT_SECRET_ID.`,
  )
}

/** Which version an engine is, its mount says; a Vault that knows no such question has none but the first. */
async function read(session: Session, path: string, reference: string): Promise<unknown> {
  const told = await session.ask(endpoints.vaultMount, { reference, holes: { path } })
  if (told.status !== 200 && told.status !== 404)
    throw refused(
      told,
      { reference, origin: `https://${session.host}` },
      'the token may not read it, or is no longer valid',
    )
  const type = at(told.body, 'data.type')
  const mount = text(at(told.body, 'data.path')).replace(/\/+$/, '')
  if (told.status === 200 && type !== 'kv' && type !== 'generic')
    throw new UnresolvedReference(
      `${reference} was not read: ${session.host} has no key-value engine there. Only those are read, as others hand out new credentials.`,
    )
  const second = told.status === 200 && text(at(told.body, 'data.options.version')) === '2'
  if (second && !(mount !== '' && path.startsWith(`${mount}/`)))
    throw new UnresolvedReference(`${reference} was not read: it needs a path below its mount. Write MOUNT/PATH#FIELD.`)
  const reply = second
    ? await session.ask(endpoints.vaultSecond, {
        reference,
        holes: { mount, path: withoutData(path.slice(mount.length + 1)) },
      })
    : await session.ask(endpoints.vaultFirst, { reference, holes: { path } })
  const document = at(reply.body, second ? 'data.data' : 'data')
  if (reply.status === 200 && isRecord(document)) return document
  if (second && isRecord(at(reply.body, 'data.metadata')))
    throw new UnresolvedReference(`${reference} was not read: its latest version was deleted or destroyed in Vault.`)
  if (reply.status === 404)
    throw new UnresolvedReference(
      `${reference} was not read: there is nothing of this name at ${session.host}. Check mount and path.`,
    )
  throw refused(
    reply,
    { reference, origin: `https://${session.host}` },
    'the token may not read it, or is no longer valid',
  )
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** People copy the path of the API, where version 2 has `data` after the mount. */
function withoutData(path: string): string {
  return path.replace(/^data\/(?=.)/, '')
}

function isSealed({ status, body }: Reply): boolean {
  return status === 503 && JSON.stringify(at(body, 'errors') ?? '').includes('sealed')
}

/** Answers by status: https://developer.hashicorp.com/vault/api-docs#http-status-codes */
function refused(
  reply: Reply,
  { reference, origin }: Pick<Question, 'reference' | 'origin'>,
  denied: string,
): UnresolvedReference {
  const { host } = new URL(origin)
  const why = isSealed(reply)
    ? `${host} is sealed. Unseal it, or ask who may.`
    : reply.status === 400 || reply.status === 401 || reply.status === 403
      ? `${host} answered ${reply.status}: ${denied}. Check the policy (and VAULT_NAMESPACE), or sign in again.`
      : `${host} answered ${reply.status}, not as Vault does. Check VAULT_ADDR.`
  return new UnresolvedReference(`${reference} was not read: ${why}`)
}
