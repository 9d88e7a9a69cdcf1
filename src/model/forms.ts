/** Texts shorter than this would turn up in any report by chance. */
export const shortestForm = 8

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Most keys are made of letters that every encoding leaves alone, but for base64. */
const plain = /^[\w.~-]+$/
const base64Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Every form in which a text can stand inside another: raw, JSON-escaped, URL-encoded, base64, HTML; the long ones first. */
export function formsOf(text: string): readonly string[] {
  if (plain.test(text)) return ordered([text, ...base64Forms(text)])
  const url = encodeURIComponent(toWellFormed(text))
  const strict = url.replaceAll(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  const form = new URLSearchParams([['', text]]).toString().slice(1)
  const address = encodeURI(toWellFormed(text))
  // As a segment of a path: Go and others leave "+", "=" and "&" there as they are.
  const segment = address.replaceAll(/[/?#;,]/g, char => encodeURIComponent(char))
  const encoded = [url, strict, form, address, segment]
  const forms = [text, JSON.stringify(text).slice(1, -1), text.replaceAll(/[&<>"']/g, char => entities[char] ?? char)]
  forms.push(...encoded, ...encoded.map(lowerCaseEscapes), ...base64Forms(text))
  return ordered(forms)
}

/** How these forms begin, in as many characters as the shortest has: for most texts, at a fraction of what the forms cost. */
export function startsOf(text: string): readonly string[] {
  if (!plain.test(text)) return [...new Set(formsOf(text).map(form => form.slice(0, shortestForm)))]
  // The bit at which the first whole letter of base64 begins, for each place within a longer text.
  const starts = [0, 4, 2].map(bit => base64Start(text, bit))
  return [text.slice(0, shortestForm), ...starts, ...starts.filter(start => /[+/]/.test(start)).map(inAddresses)]
}

/** The forms that begin so: of most texts, themselves alone. */
export function formsFrom(start: string, text: string): readonly string[] {
  const isAlone =
    plain.test(text) &&
    !startsOf(text)
      .slice(1)
      .some(own => own.startsWith(start))
  return isAlone ? [text] : formsOf(text).filter(form => form.startsWith(start))
}

function base64Start(text: string, from: number): string {
  let start = ''
  for (let bit = from; start.length < shortestForm; bit += 6) {
    const at = bit >> 3
    const both = (text.charCodeAt(at) << 8) | text.charCodeAt(at + 1)
    start += base64Letters[(both >> (10 - (bit & 7))) & 63] ?? ''
  }
  return start
}

function ordered(forms: readonly string[]): readonly string[] {
  return [...new Set(forms)].filter(({ length }) => length >= shortestForm).toSorted((a, b) => b.length - a.length)
}

/** Within a longer base64 text a secret can start at three places; the characters that it shares with its neighbours vary. */
function base64Forms(text: string): readonly string[] {
  const bytes = Buffer.from(`\0\0${text}`)
  return [0, 1, 2].flatMap(shift => {
    const length = bytes.length - 2 + shift
    const own = bytes.toString('base64', 2 - shift).slice(Math.ceil((shift * 8) / 6), Math.floor((length * 8) / 6))
    return /[+/]/.test(own) ? [own, inAddresses(own)] : [own]
  })
}

/** RFC 4648, 5: base64 for addresses and file names. */
function inAddresses(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_')
}

function lowerCaseEscapes(encoded: string): string {
  return encoded.replaceAll(/%[0-9A-F]{2}/g, code => code.toLowerCase())
}

/** Halves of a character pair can not be URL-encoded. */
function toWellFormed(text: string): string {
  return Buffer.from(text).toString('utf8')
}
