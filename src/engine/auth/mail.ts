import type { SafeRequest } from '../../model/request.ts'
import type { Mail } from '../protocols/smtp.ts'
import { fill } from './fill.ts'

type MailLogin = Extract<SafeRequest['auth'], { readonly mail: object }>['mail']

/** An address that can stand between `<` and `>` in a line of SMTP, and nothing more. */
const address = /^[^\s<>@\p{Cc}]+@[^\s<>@\p{Cc}]+$/u

/** All that is said to a mail server. Throws TypeError where an address is none, or where something is missing. */
export function mailOf(request: SafeRequest, { from, to, user, password }: MailLogin): Mail {
  for (const each of [from, to]) if (!address.test(each)) throw new TypeError(`${each} is no address for mail`)
  const message = request.body !== undefined && 'text' in request.body ? fill(request.body.text, request) : undefined
  if (message === undefined) throw new TypeError('the mail has no text')
  if (user === undefined) return { from, to, message }
  const word = password === undefined ? undefined : fill(password, request)
  // A NUL would end the user's name in AUTH PLAIN, and a password that holds one is none.
  if (word === undefined || word === '' || `${user}${word}`.includes('\0'))
    throw new TypeError('there is no password to sign in with')
  return { from, to, message, login: { user, password: word } }
}
