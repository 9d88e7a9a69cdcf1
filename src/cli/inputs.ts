import type { Finding } from '../model/finding.ts'
import { isRemote, type Resolve, referenceForms } from '../reference/reference.ts'
import { fileBytes } from '../text/file-bytes.ts'
import type { Input } from '../text/input.ts'
import type { CheckOptions } from './options.ts'
import { type Terminal, UsageError } from './terminal.ts'

/** What there is to read: files, standard input, one typed key, or nothing but parts. */
export async function inputsFrom(
  terminal: Terminal,
  files: readonly string[],
  { provider, part }: Pick<CheckOptions, 'provider' | 'part'>,
): Promise<readonly Input[]> {
  if (files.length > 0)
    return files.map(file => (file === '-' ? standardInput(terminal) : { name: file, open: () => fileBytes(file) }))
  if (part.length > 0) return []
  if (terminal.input.isTTY !== true) return [standardInput(terminal)]
  if (provider === undefined)
    throw new UsageError(
      'nothing to check. Give files, pipe a report in, or name a provider to check one key: --provider stripe',
    )
  const key = await terminal.ask(`${provider} key (not shown): `)
  if (key.trim() === '') throw new UsageError('no key was typed.')
  return [{ name: 'the prompt', open: () => one(Buffer.from(`${key}\n`)) }]
}

/** One credential from `--part name=REF`; undefined where no part was given. */
export async function findingFromParts(
  { provider, part }: CheckOptions,
  resolve: Resolve,
): Promise<Finding | undefined> {
  if (part.length === 0) return undefined
  if (provider === undefined) throw new UsageError('--part needs --provider: whose key is it?')
  const parts = await Promise.all(
    part.map(async given => {
      const [, name, reference] = /^([A-Za-z][\w-]*)=(.+)$/s.exec(given) ?? []
      if (name === undefined || reference === undefined)
        throw new UsageError(`--part: write it as NAME=REFERENCE: ${referenceForms}`)
      const secret = await resolve(reference).catch((error: unknown) => {
        throw new UsageError(`--part ${name}: ${error instanceof Error ? error.message : String(error)}`)
      })
      return [name, secret] as const
    }),
  )
  const kept = new Set(part.map(given => given.slice(given.indexOf('=') + 1)).filter(isRemote))
  const place = kept.size === 0 ? {} : { file: [...kept].join(' ') }
  return { tool: 'json', provider, parts: Object.fromEntries(parts), place }
}

function standardInput({ input }: Terminal): Input {
  return { name: 'standard input', open: () => input, once: true }
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
