import { open } from 'node:fs/promises'
import type { Warning } from '../model/finding.ts'
import { UnresolvedReference } from './unresolved.ts'

/** The most that a file with a secret may hold, in bytes. */
const longest = 1024 * 1024

/**
 * The text of a file that holds a secret, without one line break at its end. Warns where others may read it too.
 * Throws UnresolvedReference, named after `what`.
 */
export async function readSecretFile(what: string, path: string, warn: (warning: Warning) => void): Promise<string> {
  try {
    const file = await open(path)
    try {
      const about = await file.stat()
      if (about.isDirectory())
        throw new UnresolvedReference(`${what}: this is a folder. Name the file with the secret.`)
      const chunks: Buffer[] = []
      let length = 0
      // One byte more than is allowed is enough to know; the size of a pipe can't be asked for.
      for await (const chunk of file.createReadStream({ autoClose: false, end: longest })) {
        const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
        length += bytes.length
        chunks.push(bytes)
      }
      if (length > longest)
        throw new UnresolvedReference(
          `${what}: this file is longer than 1 MiB, so it is not one secret. Name another file.`,
        )
      if (about.isFile() && (about.mode & 0o077) !== 0)
        warn({ file: path, message: `others on this machine may read this secret. Better: chmod 600 ${path}` })
      return Buffer.concat(chunks)
        .toString('utf8')
        .replace(/\r?\n$/, '')
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof UnresolvedReference) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new UnresolvedReference(`${what}: the file could not be read (${code}).`)
  }
}
