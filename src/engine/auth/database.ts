import type { DatabaseLogin, SafeRequest } from '../../model/request.ts'
import { readConnectionString } from '../protocols/connection-string.ts'
import type { Login } from '../protocols/login.ts'
import { fill } from './fill.ts'

/** All that a sign-in says, from a connection string or from parts. Throws TypeError where the password is missing. */
export function loginOf(
  request: SafeRequest,
  { protocol, compares, asks, ...from }: DatabaseLogin,
  agent: string,
): Login {
  const given = (template: string | undefined): string =>
    template === undefined ? '' : (fill(template, request) ?? '')
  const plain = request.plain === true
  const compared = compares === undefined ? undefined : comparedIn(compares, given)
  if (from.string === undefined) {
    const password = given(from.password)
    if (password === '') throw new TypeError('the credential has no password')
    const pieces = { user: given(from.user), password, database: given(from.database), options: {} }
    const signed = { protocol, ...pieces, encrypted: compared?.encrypted === true, lookedUp: false, plain, agent }
    return {
      ...signed,
      ...(compared !== undefined && { compared }),
      ...(asks !== undefined && { everybody: true as const }),
    }
  }
  const { scheme, user, password, database, options } = readWhole(given(from.string))
  const lookedUp = scheme.endsWith('+srv')
  return {
    protocol,
    user,
    password,
    database,
    options,
    encrypted: lookedUp || scheme === 'rediss' || scheme === 'amqps',
    lookedUp,
    plain,
    agent,
  }
}

function comparedIn(
  compares: NonNullable<DatabaseLogin['compares']>,
  given: (template: string | undefined) => string,
): NonNullable<Login['compared']> & { readonly encrypted: boolean } {
  const text = given(compares.string)
  if (text !== '') {
    const { user, password, scheme } = readWhole(text)
    return { user, password, encrypted: scheme === 'rediss' }
  }
  const password = given(compares.password)
  if (password === '') throw new TypeError('the credential has no password')
  return { user: given(compares.user), password, encrypted: false }
}

function readWhole(text: string): NonNullable<ReturnType<typeof readConnectionString>> {
  const read = readConnectionString(text)
  if (read === undefined) throw new TypeError('the connection string holds no password')
  return read
}
