import type { Warning } from '../model/finding.ts'
import type { LogMark, Logs } from '../store/logs.ts'
import type { Input } from '../text/input.ts'
import { contentOf, type LogContent, taken, whole } from './log-content.ts'
import { digest, Passing, telling } from './log-mark.ts'

type Marks = Pick<Logs, 'at' | 'headLengths' | 'alike'>

interface Means {
  readonly marks: Marks
  readonly warn: (warning: Warning) => void
}

/**
 * Of each log what was not read before; `keep` is told of each that was read to its end, to be remembered when all were:
 * what stands in the place of another must not make that one unknown. A log that was renamed,
 * packed, or copied and cut off, is known by what stands in it, and goes on where it ended. A document is read again as a
 * whole when it has changed.
 */
export async function* newParts(
  files: AsyncIterable<Input> | Iterable<Input>,
  { marks, warn, keep }: Means & { readonly keep: (mark: LogMark) => void },
): AsyncGenerator<Input> {
  for await (const file of files) {
    const known = marks.at(file.name)
    const [size, modified] = standingOf(file)
    if (known !== undefined && known.size === size && known.modified === modified) continue
    const content = await contentOf(file, telling, warn).catch(() => undefined)
    // What can't be opened says so where it is read.
    if (content === undefined) yield file
    else if (content.head.length > 0) yield partOf(file, content, await continuedIn(content, known, marks), keep)
  }
}

/** Of each log what was read before, for keys that are new. */
export async function* readParts(
  files: AsyncIterable<Input> | Iterable<Input>,
  { marks, warn }: { readonly marks: Pick<Marks, 'at'>; readonly warn: Means['warn'] },
): AsyncGenerator<Input> {
  for await (const file of files) {
    const mark = marks.at(file.name)
    const content = mark && (await contentOf(file, 0, warn).catch(() => undefined))
    if (mark !== undefined && content !== undefined)
      yield { ...named(file, mark.name), open: () => taken(content.from(0), mark.offset) }
  }
}

/** The log that a file goes on with, and its last bytes so far. */
interface Continued {
  readonly mark: LogMark
  readonly tail: Buffer
}

/** The log that was there, or another that began like it and, as far as it was read, ended like it. */
async function continuedIn(
  { head, from }: LogContent,
  known: LogMark | undefined,
  marks: Marks,
): Promise<Continued | undefined> {
  const lengths = marks.headLengths().filter(length => length > 0 && length <= head.length)
  const others = lengths.flatMap(length => marks.alike(length, digest(head.subarray(0, length))))
  for (const mark of known === undefined ? others : [known, ...others]) {
    if (mark.offset === 0 || digest(head.subarray(0, mark.headLength)) !== mark.head) continue
    const length = Math.min(telling, mark.offset)
    const tail = await whole(taken(from(mark.offset - length), length))
    if (digest(tail) === mark.tail) return { mark, tail }
  }
  return undefined
}

function partOf(
  file: Input,
  { head, from }: LogContent,
  before: Continued | undefined,
  keep: (mark: LogMark) => void,
): Input {
  const [size, modified] = standingOf(file)
  const name = before?.mark.name ?? file.name
  const { offset = 0, goesOn }: Partial<LogMark> = before?.mark ?? {}
  // A document that has grown is another document.
  const start = goesOn !== undefined || offset === size ? offset : 0
  const behind =
    start === 0 || before === undefined
      ? undefined
      : { head: head.subarray(0, start), tail: before.tail, offset: start }
  let passing = new Passing(modified, behind)
  return {
    ...named(file, start === 0 ? name : `${name} from byte ${start}`),
    ...(start > 0 && { goesOn: goesOn ?? {} }),
    open() {
      passing = new Passing(modified, behind)
      return passing.through(from(start))
    },
    done: found => keep(passing.mark({ path: file.name, name, size, modified }, found ?? goesOn)),
  }
}

function standingOf({ size = 0, modified }: Input): readonly [size: number, modified: number] {
  return [size, modified?.getTime() ?? 0]
}

function named({ modified }: Input, name: string): Omit<Input, 'open'> {
  return { name, ...(modified !== undefined && { modified }) }
}
