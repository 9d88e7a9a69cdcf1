import { prioritySentence } from '../model/priority-sentence.ts'
import { clean } from './clean.ts'
import type { Evidence } from './explain-evidence.ts'
import type { Step } from './explain-steps.ts'
import type { Explanation } from './explanation.ts'
import { whenAndForWhom, whereFound } from './places.ts'
import { storeNames } from './snippets.ts'
import { wrap } from './width.ts'
import { count, moment } from './words.ts'

/** The case for a person at a terminal. A command or an address is never broken where it would not work when copied. */
export function* explainText(explanation: Explanation, columns: number): Generator<string> {
  const width = Math.max(40, columns)
  const { title, calm, known, priority, steps, snippets, evidence, places, id } = explanation
  yield* lines(wrap(clean(title), width))
  yield* lines(wrap(clean(calm), width))
  yield '\n'
  for (const text of known) yield* item('- ', text, width)
  yield* item('- ', placeWords(places), width)
  if (priority !== undefined) {
    const due = priority.due === undefined ? '' : ` Due ${moment(priority.due)}.`
    yield '\n'
    yield* lines(wrap(clean(`Decision: ${prioritySentence(priority)}.${due}`), width))
  }
  if (steps.length > 0) yield '\nWhat to do, in this order\n'
  for (const [index, step] of steps.entries()) yield* stepLines(step, index + 1, width)
  const shell = snippets.filter(({ language }) => language === 'shell')
  if (shell.length > 0) yield '\nHow programs should read it (--to markdown: JavaScript and Python, too)\n'
  for (const { store, code } of shell)
    yield `  ${storeNames[store]}\n${code
      .split('\n')
      .map(line => `    ${line}\n`)
      .join('')}`
  yield '\nWhere its use can be seen\n'
  for (const one of evidence) yield* evidenceLines(one, width)
  yield `\nCase ${clean(id)}\n`
}

function placeWords({ count: number, first }: Explanation['places']): string {
  if (first === undefined) return 'Where it was found is not known.'
  const when = whenAndForWhom(first)
  const where = whereFound(first) === '' ? '' : `, first ${whereFound(first)}`
  return `Found in ${count(number, 'place')}${where}${when === '' ? '' : ` (${when})`}.`
}

function* stepLines(
  { do: what, details = [], links = [], commands = [], expect, back }: Step,
  number: number,
  width: number,
): Generator<string> {
  yield* item(`${String(number).padStart(2)}. `, what, width)
  for (const [index, detail] of details.entries())
    yield* item(`    ${String.fromCharCode(97 + (index % 26))}) `, detail, width)
  for (const link of links) yield `    ${clean(link)}\n`
  for (const command of commands) yield* lines(commandLines(command, width - 4).map(line => `    ${line}`))
  yield* item('    Then: ', expect, width)
  yield* item('    Back: ', back, width)
}

function* evidenceLines({ where, says, link }: Evidence, width: number): Generator<string> {
  const word = { api: 'By API: ', dashboard: 'By eye: ', nowhere: 'Not seen: ' }[where]
  yield* item(`- ${word}`, says, width)
  if (link !== undefined) yield `  ${clean(link)}\n`
}

/** A command in lines that a shell joins again. */
function commandLines(command: string, width: number): readonly string[] {
  const words = `$ ${clean(command)}`.replaceAll(/ (--part|--logs|--since) /g, ' $1\u00a0').split(' ')
  const result: string[] = []
  let line = ''
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && longer.length > width - 2) {
      result.push(`${line} \\`)
      line = `    ${word}`
    } else line = longer
  }
  return [...result, line].map(text => text.replaceAll('\u00a0', ' '))
}

/** A paragraph behind a mark; its further lines stand under its first word. */
function* item(mark: string, text: string, width: number): Generator<string> {
  let before = mark
  for (const line of wrap(clean(text), width - mark.length)) {
    yield `${before}${line}\n`
    before = ' '.repeat(mark.length)
  }
}

function* lines(all: readonly string[]): Generator<string> {
  for (const line of all) yield `${line}\n`
}
