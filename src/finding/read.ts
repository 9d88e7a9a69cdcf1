import type { Finding, Warning } from '../model/finding.ts'
import { isRecord } from '../model/path.ts'
import type { Secret } from '../model/secret.ts'
import { isTable } from '../text/csv-rows.ts'
import { decode } from '../text/decode.ts'
import { headed } from '../text/headed.ts'
import type { Input } from '../text/input.ts'
import { fits } from '../text/json-path.ts'
import { Notes } from '../text/notes.ts'
import { type Sample, sampleOf } from '../text/sample.ts'
import { type Finishing, finish } from './finish.ts'
import { insteadOf } from './for-people.ts'
import type { Format } from './format.ts'
import { formatIds, formats } from './formats.ts'
import { readJson } from './read-json.ts'

export interface ReadOptions {
  /** Makes a secret of every text that may be one: a `Keyring`'s `of`. */
  readonly secret: (text: string) => Secret
  readonly warn: (warning: Warning) => void
  /** The format's id, where it should not be recognised: one of `formatIds`. */
  readonly from?: string | undefined
  /** The provider of every finding that does not name its own. */
  readonly provider?: string | undefined
  /** Whether a word names a provider. Where `provider` is given, `alice:…` may be a user and a password of it. */
  readonly isProvider?: ((word: string) => boolean) | undefined
  /** Told of each input, in their order and before its findings; undefined where nothing is in it, or it can't be read. */
  readonly opened?: (input: string, taken: Taken | undefined) => void
}

/** What an input was taken for. */
export interface Taken {
  /** `Gitleaks 8, JSON`. */
  readonly format: string
  /** The scanners that are named in it even where they found nothing, else the one whose format it is. */
  readonly tools: readonly string[]
}

/** Findings are passed on inside by this many: each hand-over costs. */
const batch = 256

/** The findings of each input, one by one. Nothing in an input can make this throw: what is wrong with it is a warning. */
export async function* readFindings(inputs: Iterable<Input>, options: ReadOptions): AsyncGenerator<Finding> {
  for await (const findings of readBatches(inputs, options)) yield* findings
}

/** As `readFindings`, by the handful: for a million findings, handing over each would cost as much as parsing it. */
export async function* readBatches(inputs: Iterable<Input>, options: ReadOptions): AsyncGenerator<readonly Finding[]> {
  for (const input of inputs) {
    const notes = new Notes(input.name, options.warn)
    let told = false
    const opened = (taken: Taken | undefined): void => {
      if (!told) options.opened?.(input.name, taken)
      told = true
    }
    yield* readInput(input, options, notes, opened)
    opened(undefined)
    notes.end()
  }
}

async function* readInput(
  input: Input,
  options: ReadOptions,
  notes: Notes,
  opened: (taken: Taken) => void,
): AsyncGenerator<readonly Finding[]> {
  const { from } = options
  if (from !== undefined && !formatIds.includes(from)) {
    notes.unreadable(`was not read: there is no format ${JSON.stringify(from)}. ${known()}`)
    return
  }
  const { head, text, cut } = await headed(decode(() => input.open(), notes))
  if (head.trim() === '') return
  const sample = sampleOf(head, cut)
  if (isEmpty(sample, head)) return
  const chosen = choose(sample, head, cut, options)
  if (chosen === undefined) {
    if (from === undefined && !cut && isHollow(sample)) return
    notes.unreadable(unknown(sample, head, from))
    return
  }

  const { format } = chosen
  opened({ format: format.name, tools: toolsIn(sample, head, chosen) })
  const finishing: Finishing = { secret: options.secret, provider: options.provider, tool: chosen.tool }
  if (format.shape === 'json') {
    if (sample.shape === 'json') yield* readJson(text, format, sample, finishing, notes)
    return
  }
  const file = input.name === 'standard input' ? undefined : input.name
  let ready: Finding[] = []
  const names = options.provider === undefined ? undefined : options.isProvider
  for await (const draft of format.read(text, { file, notes, names })) {
    const finding = finish(draft, finishing)
    if (finding !== undefined) ready.push(finding)
    if (ready.length < batch) continue
    yield ready
    ready = []
  }
  yield ready
}

function toolsIn(sample: Sample, head: string, { format, tool }: Choice): readonly string[] {
  if (format.shape === 'text') return [tool ?? format.toolOf?.(head) ?? format.id]
  const said =
    sample.shape === 'json' ? sample.documents.filter(isRecord).flatMap(each => format.tools?.(each) ?? []) : []
  return said.length === 0 ? [tool ?? format.id] : [...new Set(said)]
}

interface Choice {
  readonly format: Format
  readonly tool?: string
}

/** The format that the user names, or the first that knows the text; `from` chooses among a scanner's own by content. */
function choose(sample: Sample, head: string, cut: boolean, { from, provider }: ReadOptions): Choice | undefined {
  function recognises(format: Format): boolean {
    try {
      if (format.shape === 'text') return sample.shape === 'text' && format.knows(head, cut)
      return sample.shape === 'json' && sample.documents.some(document => fits(format, document))
    } catch {
      return false
    }
  }
  if (from === undefined) {
    const format = formats.find(recognises)
    if (format !== undefined) return { format }
    const may = provider !== undefined && sample.shape === 'text' && !isForOthers(head)
    const lines = may ? formats.find(({ id }) => id === 'lines') : undefined
    return lines && { format: lines }
  }
  const own = formats.filter(format => format.id === from)
  const format = own.find(recognises) ?? formats.find(each => each.carrier === true && recognises(each))
  const forced = format ?? own.find(each => each.shape === 'text' || sample.shape === 'json')
  if (forced === undefined) return undefined
  return own.includes(forced) && own.some(each => each.carrier === true) ? { format: forced } : named(forced, from, own)
}

/** Whosever keys are in it, what stands around them must not be taken for keys too. A key may have commas itself. */
function isForOthers(head: string): boolean {
  const several = head.trim().includes('\n')
  return insteadOf(head) !== undefined || (several && (isTable(head) || head.trimStart().startsWith('<')))
}

function named(format: Format, from: string, own: readonly Format[]): Choice {
  return own.includes(format) ? { format } : { format, tool: from }
}

/** `null`, `[]` and `{}`: what scanners write when they found nothing. */
function isEmpty(sample: Sample, head: string): boolean {
  return /^\s*(?:\{\s*\}\s*)+$/.test(head) || (sample.shape === 'json' && areAll(sample.documents, isNothing))
}

/** `{"findings": []}`: nothing either, and nobody's. */
function isHollow(sample: Sample): boolean {
  return (
    sample.shape === 'json' && areAll(sample.documents, each => isRecord(each) && areAll(Object.values(each), isVoid))
  )
}

function isVoid(value: unknown): boolean {
  return !value || isNothing(value) || (isRecord(value) && Object.keys(value).length === 0)
}

function isNothing(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.flat().length === 0)
}

function areAll(values: readonly unknown[], are: (value: unknown) => boolean): boolean {
  return values.length > 0 && values.every(are)
}

function unknown(sample: Sample, head: string, from: string | undefined): string {
  const seen = described(sample, head)
  if (from !== undefined) return `is ${seen}, not a report of ${from}. ${known()}`
  const instead = sample.shape === 'text' ? insteadOf(head) : undefined
  if (instead !== undefined) return `is ${seen}, ${instead}`
  return `is ${seen} of no format that is known. If you know what it is, say so with --from. ${known()}`
}

function described(sample: Sample, head: string): string {
  if (sample.shape === 'text') return head.trimStart().startsWith('<') ? 'XML or HTML' : 'text'
  if (sample.lines) return 'JSON lines'
  return Array.isArray(sample.documents[0]) ? 'a JSON array' : 'a JSON document'
}

function known(): string {
  return `Formats: ${formatIds.join(', ')}.`
}
