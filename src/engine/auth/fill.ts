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
  if (!template.includes('{')) return template
  let missing = false
  const filled = template.replaceAll(/\{([a-z][a-z0-9_]*)\}/g, (_, name: string) => {
    const part = parts[name]
    const text = part === undefined ? facts[name] : part.public ? part.text : reveal(part.secret)
    if (text === undefined) missing = true
    return encode(text ?? '')
  })
  return missing ? undefined : filled
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
