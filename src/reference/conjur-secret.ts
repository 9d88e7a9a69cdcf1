import { isRecord } from '../model/path.ts'
import type { Reply, Send } from '../model/request.ts'
import type { Secret } from '../model/secret.ts'
import { ask, type Question } from './ask.ts'
import { endpoints } from './endpoints.ts'
import { fieldOf } from './field-of.ts'
import type { AskingMeans } from './means.ts'
import { readSecretFile } from './secret-file.ts'
import { addressIn, certificatesIn } from './store-address.ts'
import { UnresolvedReference } from './unresolved.ts'

/** Variables of CyberArk Conjur, with the environment of its own clients: https://github.com/cyberark/conjur-api-go#environment-variables */
export function openConjur(means: AskingMeans): (rest: string) => Promise<Secret> {
  const sessions = new Map<string, Promise<Session>>()
  return async rest => {
    const [, account] = /^([^:\s]+):variable:[^\s,]+$/.exec(rest) ?? []
    if (account === undefined)
      throw new UnresolvedReference(
        'conjur:…: write it as conjur:ACCOUNT:variable:ID, for example conjur:myorg:variable:prod/stripe/key',
      )
    const reference = `conjur:${rest}`
    const session = sessions.get(account) ?? signIn(means, account, reference)
    sessions.set(account, session)
    const { send, fixed, token } = await session
    const reply = await ask(send, endpoints.conjurSecret, {
      ...fixed,
      reference,
      holes: { variable: rest },
      auth: { header: { name: 'authorization', value: 'Token token="{token}"' } },
      secrets: { token },
    })
    if (reply.status !== 200 || reply.kind !== 'json') throw refused(reply, reference, fixed.origin)
    return means.secret(fieldOf(reply.body, rest, reference))
  }
}

interface Session {
  readonly send: Send
  readonly fixed: Pick<Question, 'origin' | 'prefix'>
  /** In base64, as the header has it. */
  readonly token: Secret
}

async function signIn(means: AskingMeans, account: string, reference: string): Promise<Session> {
  const { environment } = means
  const fixed = addressIn('CONJUR_APPLIANCE_URL', environment, reference)
  const pem = environment['CONJUR_SSL_CERTIFICATE'] ?? ''
  const certificates = pem === '' ? await certificatesIn('CONJUR_CERT_FILE', environment, reference) : [pem]
  const send = await means.connect(certificates)
  return { send, fixed, token: means.secret(await tokenFor(means, send, { ...fixed, account, reference })) }
}

async function tokenFor(
  { environment, secret, warn }: AskingMeans,
  send: Send,
  { account, ...question }: Question & { readonly account: string },
): Promise<string> {
  const { reference } = question
  const { CONJUR_AUTHN_TOKEN_FILE: file, CONJUR_AUTHN_LOGIN: login, CONJUR_AUTHN_API_KEY: key } = environment
  if (login && key) {
    const reply = await ask(send, endpoints.conjurLogin, {
      ...question,
      holes: { account, login },
      headers: { 'content-type': 'text/plain' },
      body: { text: '{key}' },
      secrets: { key: secret(key) },
    })
    if (reply.status === 200 && isRecord(reply.body) && 'payload' in reply.body)
      return Buffer.from(JSON.stringify(reply.body)).toString('base64')
    throw refused(reply, reference, question.origin)
  }
  if (file) {
    const text = (await readSecretFile(`${reference} (CONJUR_AUTHN_TOKEN_FILE)`, file, warn)).trim()
    if (text !== '') return Buffer.from(text).toString('base64')
  }
  throw new UnresolvedReference(
    `${reference} was not read: nothing to sign in with. Set CONJUR_AUTHN_LOGIN and CONJUR_AUTHN_API_KEY, or CONJUR_AUTHN_TOKEN_FILE.`,
  )
}

const meaning: Readonly<Record<number, string>> = {
  401: 'login, API key or token is wrong or has expired (tokens live for 8 minutes). Check CONJUR_AUTHN_LOGIN and its key',
  403: 'this role has no execute permission on the variable. Grant it in policy',
  404: 'there is no such variable, it has no value yet, or this role may not see it. Check account and id',
  406: 'the value is binary, which no key is',
  422: 'the variable id is not well formed. Write conjur:ACCOUNT:variable:ID',
}

function refused({ status }: Reply, reference: string, origin: string): UnresolvedReference {
  const { host } = new URL(origin)
  const why = meaning[status] ?? 'which is not how Conjur answers. Check CONJUR_APPLIANCE_URL'
  return new UnresolvedReference(`${reference} was not read: ${host} answered ${status}: ${why}.`)
}
