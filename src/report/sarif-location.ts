import type { Location } from 'sarif'
import type { Place } from '../model/finding.ts'

/** Where the result stands, as SARIF wants it; undefined where the scanner named no file and no address. */
export function sarifLocation({ file, url, line, column }: Place): Location | undefined {
  const artifactLocation = file !== undefined && file !== '' ? fileLocation(file) : urlLocation(url)
  if (artifactLocation === undefined) return undefined
  const startColumn = counted(column) ? { startColumn: column } : {}
  const region = counted(line) ? { region: { startLine: line, ...startColumn } } : {}
  return { physicalLocation: { artifactLocation, ...region } }
}

/** A relative URI reference under the root of the source; an absolute path becomes a file: URI. */
function fileLocation(file: string): { readonly uri: string; readonly uriBaseId?: string } {
  const path = file.replaceAll('\\', '/').replace(/\p{Surrogate}/gu, '\uFFFD')
  const encoded = path
    .split('/')
    .filter((segment, index) => segment !== '' || index === 0)
    .map(encodeURIComponent)
    .join('/')
  if (encoded.startsWith('/')) return { uri: `file://${encoded}` }
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${encoded.replace('%3A', ':')}` }
  return { uri: encoded, uriBaseId: '%SRCROOT%' }
}

function urlLocation(url: string | undefined): { readonly uri: string } | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined
  const { protocol, href } = new URL(url)
  return protocol === 'https:' || protocol === 'http:' ? { uri: href } : undefined
}

function counted(position: number | undefined): position is number {
  return position !== undefined && Number.isInteger(position) && position >= 1
}
