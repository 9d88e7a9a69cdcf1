import type { SafeRequest } from './request.ts'

/**
 * The account that wrong tries at this request would lock, in words that may be written down: public parts only.
 * undefined where nothing is locked. Throws TypeError where the file names a secret part.
 */
export function accountOf({
  once,
  origin,
  parts,
  facts,
}: Pick<SafeRequest, 'origin' | 'parts' | 'facts'> & { readonly once?: string }): string | undefined {
  if (once === undefined) return undefined
  const name = once.replaceAll(/\{([a-z][a-z0-9_]*)\}/g, (_, hole: string) => {
    const part = parts[hole]
    if (part?.public === false) throw new TypeError(`{${hole}} is secret and can not name an account`)
    return part?.text ?? facts[hole] ?? ''
  })
  return `${new URL(origin).host} ${name.toLowerCase()}`
}
