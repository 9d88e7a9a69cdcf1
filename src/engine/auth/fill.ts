import type { SafeRequest } from '../../model/request.ts'
import { reveal } from '../../model/secret.ts'

/** Where a hole stands decides how its value is written there. */
type Encode = (text: string) => string

const raw: Encode = text => text

/** The text for a template's holes: parts of the credential, then facts. An optional part that is missing gives undefined. */
export function fill(
  template: string,
  { parts, facts }: Pick<SafeRequest, 'parts' | 'facts'>,
  encode: Encode = raw,
): string | undefined {
  let filled = ''
  for (const { before, name } of piecesOf(template)) {
    filled += before
    if (name === undefined) break
    const part = parts[name]
    const text = part === undefined ? facts[name] : part.public ? part.text : reveal(part.secret)
    if (text === undefined) return undefined
    filled += encode(text)
  }
  return filled
}

/** Fixed text and the hole that follows it; none after the last. */
interface Piece {
  readonly before: string
  readonly name: string | undefined
}

const known = new Map<string, readonly Piece[]>()

/** Templates come from providers' files, so that there are few of them. */
function piecesOf(template: string): readonly Piece[] {
  let pieces = known.get(template)
  if (pieces === undefined) {
    // Every second piece is what the brackets hold.
    const split = template.split(/\{([a-z][a-z0-9_]*)\}/)
    pieces = split.flatMap((before, index) => (index % 2 === 0 ? [{ before, name: split[index + 1] }] : []))
    known.set(template, pieces)
  }
  return pieces
}

/** As `fill`, for headers: nothing that could end the line and start another. */
export function fillHeader(template: string, from: Pick<SafeRequest, 'parts' | 'facts'>): string | undefined {
  const filled = fill(template, from)
  if (filled !== undefined && /[^\t\u0020-\u007e\u0080-\u00ff]/.test(filled))
    throw new TypeError('a part of the credential can not stand in a header')
  return filled
}

/** RFC 3986 encoding of everything but unreserved characters. */
export function percent(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}
