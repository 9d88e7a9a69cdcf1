import { createReadStream, type Dirent, type Stats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Input } from '../text/input.ts'

/** Not logs: CloudTrail's signed digests lie beside its logs. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html */
const passedOver = /^(?:CloudTrail-Digest|CloudTrail-Insight|\..*)$/

/**
 * A file, or all files below a folder in the order of their names, as an S3 bucket's copy has them
 * (`AWSLogs/ACCOUNT/CloudTrail/REGION/YEAR/MONTH/DAY/….json.gz`). What does not exist says so when it is opened.
 */
export async function* logFiles(path: string): AsyncGenerator<Input> {
  const about = await stat(path).catch(() => undefined)
  if (about?.isDirectory() !== true) {
    yield fileInput(path, about)
    return
  }
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined)
  if (entries === undefined) {
    yield fileInput(path, undefined)
    return
  }
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    if (!passedOver.test(entry.name) && !(await leadsElsewhere(path, entry))) yield* logFiles(join(path, entry.name))
}

/** A link to a folder may lead in a circle. */
async function leadsElsewhere(folder: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return false
  return (await stat(join(folder, entry.name)).catch(() => undefined))?.isDirectory() === true
}

function fileInput(path: string, about: Stats | undefined): Input {
  const from = (start: number) => createReadStream(path, { highWaterMark: 256 * 1024, start })
  return {
    name: path,
    open: () => from(0),
    // A pipe is read as it comes.
    ...(about?.isFile() === true && { from, size: about.size, modified: about.mtime }),
  }
}
