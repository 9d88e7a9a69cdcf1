import { readFile, stat } from 'node:fs/promises'

/** A reference that gave nothing; the message says what was tried and what to do. */
class UnresolvedReference extends Error {
  override readonly name = 'UnresolvedReference'
}

/**
 * The text behind `env:NAME` or `file:PATH`. A file that others can read is refused: it would not be a secret any more.
 * One line break at the end of a file is not part of the text.
 */
export async function resolve(
  reference: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const [scheme, rest] = split(reference)
  if (scheme === 'env') {
    const value = environment[rest]
    if (value === undefined || value === '')
      throw new UnresolvedReference(`env:${rest}: there is no environment variable ${rest}, or it is empty.`)
    return value
  }
  if (scheme === 'file') {
    try {
      const { mode } = await stat(rest)
      if ((mode & 0o077) !== 0)
        throw new UnresolvedReference(
          `file:${rest}: others on this machine may read this file. First: chmod 600 ${rest}`,
        )
      return (await readFile(rest, 'utf8')).replace(/\r?\n$/, '')
    } catch (error) {
      if (error instanceof UnresolvedReference) throw error
      throw new UnresolvedReference(
        `file:${rest}: the file could not be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'}).`,
      )
    }
  }
  throw new UnresolvedReference(
    `"${scheme}:…" is not a kind of reference. There are env:NAME and file:PATH; a secret itself is never taken here, as arguments can be seen by others.`,
  )
}

function split(reference: string): readonly [string, string] {
  const at = reference.indexOf(':')
  return at < 0 ? ['', reference] : [reference.slice(0, at), reference.slice(at + 1)]
}
