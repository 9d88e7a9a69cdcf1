import { readFile } from 'node:fs/promises'
import type { Environment } from './means.ts'
import { UnresolvedReference } from './unresolved.ts'

/** Where a store of secrets is, as its variable in the environment says. */
export interface StoreAddress {
  readonly origin: string
  /** `/api`, or nothing. */
  readonly prefix: string
}

/** An address from the environment: TLS, or a host on this very machine. Throws UnresolvedReference. */
export function addressIn(variable: string, environment: Environment, reference: string): StoreAddress {
  const text = environment[variable] ?? ''
  if (text === '')
    throw new UnresolvedReference(`${reference} was not read: ${variable} is not set, so nothing says where to ask.`)
  const url = URL.canParse(text) ? new URL(text) : undefined
  const local = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url?.hostname ?? '')
  if (url === undefined || !(url.protocol === 'https:' || (url.protocol === 'http:' && local)))
    throw new UnresolvedReference(
      `${reference} was not read: ${variable} has to be an https:// address (http:// on this machine alone), as a credential goes there.`,
    )
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new UnresolvedReference(
      `${reference} was not read: ${variable} has to be a plain address, with no user, query or fragment.`,
    )
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, '') }
}

/** PEM certificates from the file that a variable names; none where it names none. Throws UnresolvedReference. */
export async function certificatesIn(
  variable: string,
  environment: Environment,
  reference: string,
): Promise<readonly string[]> {
  const file = environment[variable] ?? ''
  if (file === '') return []
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new UnresolvedReference(
      `${reference} was not read: the certificate ${file} (${variable}) could not be read (${code}).`,
    )
  })
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw new UnresolvedReference(`${reference} was not read: ${file} (${variable}) holds no certificate in PEM form.`)
  return [text]
}
