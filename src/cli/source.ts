import { stat } from 'node:fs/promises'
import type { Finding } from '../model/finding.ts'
import type { ReadBackOptions } from '../source/read-back.ts'
import type { CheckOptions } from './options.ts'
import { type Terminal, UsageError, whyUnread } from './terminal.ts'

/** The findings with their hidden values read back, where `--source` says from where. */
export async function withSource(
  findings: AsyncIterable<readonly Finding[]>,
  { source: folders }: Pick<CheckOptions, 'source'>,
  { environment }: Terminal,
  options: Pick<ReadBackOptions, 'secret' | 'warn' | 'catalog'>,
): Promise<AsyncIterable<readonly Finding[]>> {
  if (folders.length === 0) return findings
  for (const folder of folders) {
    const found = await stat(folder).catch((error: unknown) => {
      throw new UsageError(`--source ${folder} could not be read: ${whyUnread(error)}`)
    })
    if (!found.isDirectory())
      throw new UsageError(`--source ${folder}: it is a file. Name the folder that was scanned.`)
  }
  const { readBack } = await import('../source/read-back.ts')
  return readBack(findings, { ...options, folders, path: environment.PATH })
}
