/** So many characters of a key itself, behind what it shares with others, tell too much; fewer turn up by chance. */
const telling = 12

/**
 * How many characters of a secret give it away where a log has cut it short: its prefix, id, host or header, which others
 * share, and twelve more. Undefined where it is too short to be cut, or reads like words.
 * @param shared the length of a public text that it begins with
 */
export function leastOf(text: string, shared = 0): number | undefined {
  const start = Math.max(shared, bodyAt(text))
  if (start + telling >= text.length || !isOpaque(text.slice(start))) return undefined
  return isWords(text.slice(start, start + telling)) ? undefined : start + telling
}

/** As many characters of a text in one of its forms. Undefined if that is the whole. */
export function leastOfForm(least: number | undefined, text: string, form: string): number | undefined {
  if (least === undefined || form === text) return least
  const own = Math.ceil((least * form.length) / text.length) + 1
  return own < form.length ? own : undefined
}

/** What no person writes: letters and digits in turn, capitals in no order, or very many of them. */
function isOpaque(text: string): boolean {
  return (
    /(?:(?:[A-Za-z](?=\d)|\d(?=[A-Za-z])).*?){2}/s.test(text) ||
    (/(?:(?:[a-z](?=[A-Z])|[A-Z](?=[a-z])).*?){5}/s.test(text) && /\d|[A-Z][a-z][A-Z]|[A-Z]{4}/.test(text)) ||
    /[A-Z\d]{20}/.test(text)
  )
}

/** The beginning of a path or of a name with dots, as scanners report them too: `src/config/v2`. */
function isWords(text: string): boolean {
  const pieces = text.split(/[/._\s-]+/)
  return pieces.length > 1 && pieces.every(piece => /^(?:[A-Z]?[a-z]*|[A-Z]*)\d?$/.test(piece))
}

/** Where a secret's own characters begin. */
function bodyAt(text: string): number {
  const address = /^[a-z][a-z\d+.-]*:\/\//i.exec(text)?.[0]
  if (address !== undefined) return bodyOfAddress(text, address.length)
  const header = /^-----BEGIN [A-Z ]+-----\s*(?:MII[A-Za-z\d+/]{13})?/.exec(text)?.[0]
  if (header !== undefined) return header.length
  // The header of a signed token says only how it is signed.
  const signed = /^eyJ[\w-]+\./.exec(text)?.[0]
  if (signed !== undefined) return signed.length
  if (/[\s;=&"'{}<>,]/.test(text)) return opaquePieceIn(text, 0, /[^\s;=&"'{}<>,:]+/g)
  const pair = text.lastIndexOf(':') + 1
  if (text.length - pair >= telling + 4 && pair > 0) return pair
  return /^[A-Za-z]{1,10}(?:[_.-][A-Za-z]{1,6})?[_.-](?:\d+-)*/.exec(text)?.[0].length ?? 0
}

/** Behind `scheme://user:`, or at the first piece of path and query that no person would write. */
function bodyOfAddress(text: string, start: number): number {
  const user = /^[^/@:?#]*:(?=[^/?#]*@)/.exec(text.slice(start))?.[0]
  if (user !== undefined) return start + user.length
  const path = /[/?#]/.exec(text.slice(start))?.index
  return path === undefined ? text.length : opaquePieceIn(text, start + path, /[^/?#&=]+/g)
}

/** Settings, documents and addresses hold more than a key: names and hosts before it are everybody's. */
function opaquePieceIn(text: string, from: number, pieces: RegExp): number {
  for (const piece of text.slice(from).matchAll(pieces))
    if (piece[0].length >= telling && isOpaque(piece[0])) return from + piece.index
  return text.length
}
