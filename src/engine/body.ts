import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { isRecord } from '../model/path.ts'
import type { Reply } from '../model/request.ts'

/** The most that is read of a body, in bytes, before and after decompression. */
export const longestBody = 1024 * 1024
/** The deepest nesting that is parsed. Answers of the providers stay below ten. */
const deepest = 64

type Parsed = Pick<Reply, 'kind' | 'body'>

/** Turns the bytes of a body into what rules may look at. Whatever is in them, it returns; it never throws. */
export function parseBody(bytes: Buffer, type: string, encoding: string | undefined): Parsed | Promise<Parsed> {
  const plain = decompress(bytes, encoding)
  if (plain === undefined) return unreadable('compressed in a way that could not be undone')
  if (plain.length === 0) return { kind: 'none', body: undefined }
  if (plain.subarray(0, 1024).includes(0)) return unreadable('binary')
  const text = plain.toString('utf8')
  const start = text.trimStart()
  if (/\bjson\b/i.test(type) || (type === '' && /^[[{]/.test(start))) return parseJson(text)
  if (/\bhtml\b/i.test(type) || /^<(?:!doctype html|html|head|body)\b/i.test(start))
    return { kind: 'html', body: undefined }
  if (/\bxml\b/i.test(type) || start.startsWith('<?xml') || (type === '' && start.startsWith('<')))
    return parseXml(text)
  // Some providers label JSON as text/plain: what it is counts, not what it is called.
  if (/^[[{]/.test(start)) {
    const parsed = parseJson(text)
    if (parsed.kind === 'json') return parsed
  }
  return { kind: 'text', body: text.trim() }
}

function parseJson(text: string): Parsed {
  if (depth(text) > deepest) return unreadable(`nested more than ${deepest} deep`)
  try {
    const body: unknown = JSON.parse(text)
    return { kind: 'json', body }
  } catch {
    return unreadable('called JSON, but not JSON')
  }
}

async function parseXml(text: string): Promise<Parsed> {
  if ((text.match(/<[A-Za-z]/g)?.length ?? 0) > 5_000 || /<!(?:DOCTYPE|ENTITY)/i.test(text))
    return unreadable('not the XML of an API')
  const { XMLParser, XMLValidator } = await import('fast-xml-parser')
  if (XMLValidator.validate(text) !== true) return unreadable('called XML, but not XML')
  try {
    const parser = new XMLParser({
      ignoreAttributes: true,
      removeNSPrefix: true,
      parseTagValue: false,
      processEntities: false,
      ignoreDeclaration: true,
    })
    const parsed: unknown = parser.parse(text)
    const [root] = isRecord(parsed) ? Object.entries(parsed) : []
    if (root === undefined) return unreadable('empty XML')
    // Paths start below the root element; its name is kept as a field of its own.
    return {
      kind: 'xml',
      body: isRecord(root[1]) ? { ...root[1], $root: root[0] } : { $root: root[0], $text: root[1] },
    }
  } catch {
    return unreadable('XML that could not be read')
  }
}

/** Nesting of brackets outside strings, without parsing. */
function depth(text: string): number {
  let now = 0
  let most = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (inString) {
      if (code === 92) index++
      else if (code === 34) inString = false
    } else if (code === 34) inString = true
    else if (code === 123 || code === 91) most = Math.max(most, ++now)
    else if (code === 125 || code === 93) now--
  }
  return most
}

function decompress(bytes: Buffer, encoding = 'identity'): Buffer | undefined {
  const options = { maxOutputLength: longestBody }
  try {
    if (encoding === 'gzip' || encoding === 'x-gzip') return gunzipSync(bytes, options)
    if (encoding === 'br') return brotliDecompressSync(bytes, options)
    if (encoding === 'deflate') return inflateSync(bytes, options)
    return encoding === 'identity' || encoding === '' ? bytes : undefined
  } catch {
    return undefined
  }
}

function unreadable(why: string): Parsed {
  return { kind: 'unreadable', body: why }
}
