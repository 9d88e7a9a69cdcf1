import { StringDecoder } from 'node:string_decoder'
import type { git } from './git.ts'
import { PathIndex } from './path-index.ts'

/** Every version of every path, the newest first. */
export interface History {
  /** The blobs that stood at a path. */
  readonly versions: ReadonlyMap<string, readonly string[]>
  readonly paths: PathIndex
  /** It was longer than what is read of it. */
  readonly cut: boolean
}

const [longest, most] = [60_000, 500_000]
const plainly = [
  '--no-show-signature',
  '--no-ext-diff',
  '--no-textconv',
  '--no-renames',
  '--no-color',
  '--ignore-submodules=all',
  '-m',
  '--raw',
  '--no-abbrev',
  '-z',
  '--format=',
]

/**
 * Reads which blobs ever stood at which path, on every branch, in one go.
 * https://git-scm.com/docs/git-log#_raw_output_format
 */
export async function historyOf(start: (args: readonly string[]) => ReturnType<typeof git>): Promise<History> {
  const versions = new Map<string, string[]>()
  const paths = new PathIndex()
  let count = 0
  let cut = false
  let blob: string | undefined
  const take = (word: string): void => {
    const [, id] = /^\n?:\d+ \d+ [\da-f]+ ([\da-f]+) [A-Z]\d*$/.exec(word) ?? []
    if (id !== undefined) blob = id
    else if (blob !== undefined) {
      const known = versions.get(word)
      if (/[1-9a-f]/.test(blob) && known?.includes(blob) !== true) {
        if (known === undefined) {
          versions.set(word, [blob])
          paths.add(word.split('/'))
        } else known.push(blob)
        count += 1
      }
      blob = undefined
    }
  }
  const child = start(['log', '--all', '--reflog', ...plainly])
  child.on('error', () => undefined)
  child.stdin.on('error', () => undefined)
  child.stdin.end()
  const timer = setTimeout(() => {
    cut = true
    child.kill('SIGKILL')
  }, longest)
  const text = new StringDecoder('utf8')
  let held = ''
  try {
    for await (const chunk of child.stdout) {
      const words = (held + text.write(chunk)).split('\0')
      held = words.pop() ?? ''
      for (const word of words) take(word)
      if (count <= most) continue
      cut = true
      break
    }
  } finally {
    clearTimeout(timer)
    child.kill('SIGKILL')
  }
  return { versions, paths, cut }
}
