import type { Receiver } from '../model/notify.ts'
import type { Transition } from '../model/watch.ts'

type Email = Extract<Receiver, { readonly to: 'email' }>

/**
 * A change as an e-mail (RFC 5322): the same bytes each time that it is sent, and a Message-ID made of its id, so that
 * whoever gets it twice can tell. Nothing of a change can begin a line of the header.
 */
export function mailOf(
  { from, address }: Pick<Email, 'from' | 'address'>,
  { id, at, severity, title }: Pick<Transition, 'id' | 'at' | 'severity' | 'title'>,
  text: string,
): string {
  const domain = from.slice(from.lastIndexOf('@') + 1)
  const header = [
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `From: afterleak <${from}>`,
    `To: <${address}>`,
    `Message-ID: <${id}@${domain}>`,
    `Subject: ${words(`${marks[severity]}${title}`)}`,
    // Nobody's out-of-office note answers it: https://www.rfc-editor.org/rfc/rfc3834#section-5
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
  ]
  const body = Buffer.from(text.replaceAll('\n', '\r\n')).toString('base64')
  return [...header, '', ...pieces(body, 76)].join('\r\n')
}

const marks: Readonly<Record<Transition['severity'], string>> = { info: '', warning: '', critical: 'Critical: ' }

/** Characters that one encoded word holds: 75 at most with its frame, and no character of several bytes is cut. */
const inWord = 15

/** Text in a header: as it is where it is plain, else as encoded words, folded (RFC 2047). */
function words(text: string): string {
  if (/^[\x20-\x7e]{1,60}$/.test(text) && !text.includes('=?')) return text
  const characters = Array.from(text.replaceAll(/\p{Cc}+/gu, ' ')).slice(0, 200)
  const runs = Array.from({ length: Math.ceil(characters.length / inWord) }, (_, i) =>
    characters.slice(i * inWord, (i + 1) * inWord).join(''),
  )
  return runs.map(run => `=?utf-8?B?${Buffer.from(run).toString('base64')}?=`).join('\r\n ')
}

function pieces(text: string, length: number): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / length) }, (_, i) => text.slice(i * length, (i + 1) * length))
}
