/** A path in a report, as names from the root of whatever was scanned; `outside` where it leads elsewhere. */
export interface Path {
  readonly names: readonly string[]
  readonly absolute: boolean
}

/**
 * The ways to read a path of a report: `./src/a.py`, `/repo/src/a.py`, `C:\repo\src\a.py`, `file:///repo/src/a%20b.py`.
 * None where it goes up (`..`), or has a character that no tool writes into a path.
 */
export function pathsIn(file: string): readonly Path[] {
  const ways = [file]
  if (/^file:\/\//i.test(file)) ways.unshift(file.replace(/^file:\/\/(?:localhost)?/i, ''))
  if (/%[\da-f]{2}/i.test(file)) ways.push(unescaped(ways[0] ?? file))
  if (file.includes('\\') && (/^[A-Za-z]:\\/.test(file) || !file.includes('/'))) ways.push(file.replaceAll('\\', '/'))
  return [...new Set(ways)].map(path).filter(one => one !== undefined)
}

function path(text: string): Path | undefined {
  if (/\p{Cc}/u.test(text) || text.length > 4096) return undefined
  const names = text.split('/').filter(name => name !== '' && name !== '.')
  if (names.length === 0 || names.length > 100 || names.includes('..')) return undefined
  const drive = /^[A-Za-z]:$/.test(names[0] ?? '')
  return { names: drive ? names.slice(1) : names, absolute: text.startsWith('/') || drive }
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
