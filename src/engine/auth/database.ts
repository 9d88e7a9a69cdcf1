import type { DatabaseLogin, SafeRequest } from '../../model/request.ts'
import { readConnectionString } from '../protocols/connection-string.ts'
import type { Login } from '../protocols/login.ts'
import { fill } from './fill.ts'

/** All that a sign-in says, from a connection string or from parts. Throws TypeError where the password is missing. */
export function loginOf(request: SafeRequest, { protocol, ...from }: DatabaseLogin, agent: string): Login {
  const given = (template: string | undefined): string =>
    template === undefined ? '' : (fill(template, request) ?? '')
  const plain = request.plain === true
  if (from.string === undefined) {
    const password = given(from.password)
    if (password === '') throw new TypeError('the credential has no password')
    const pieces = { user: given(from.user), password, database: given(from.database), options: {} }
    return { protocol, ...pieces, encrypted: false, lookedUp: false, plain, agent }
  }
  const read = readConnectionString(given(from.string))
  if (read === undefined) throw new TypeError('the connection string holds no password')
  const { scheme, user, password, database, options } = read
  const lookedUp = scheme.endsWith('+srv')
  return {
    protocol,
    user,
    password,
    database,
    options,
    encrypted: lookedUp || scheme === 'rediss',
    lookedUp,
    plain,
    agent,
  }
}
