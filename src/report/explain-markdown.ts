import { prioritySentence } from '../model/priority-sentence.ts'
import type { Evidence } from './explain-evidence.ts'
import type { Step } from './explain-steps.ts'
import type { Explanation } from './explanation.ts'
import { code, inline, link } from './markdown-text.ts'
import { whenAndForWhom, whereFound } from './places.ts'
import { storeNames } from './snippets.ts'
import { count, moment } from './words.ts'

const languageNames = { shell: 'sh', javascript: 'js', python: 'python' } as const

/** The case for a ticket: the same words, with boxes to tick and code in three languages. */
export function* explainMarkdown({
  id,
  title,
  calm,
  known,
  priority,
  steps,
  snippets,
  evidence,
  places,
}: Explanation): Generator<string> {
  yield `## ${inline(title)}\n\n**${inline(calm)}**\n\n`
  for (const text of known) yield `- ${inline(text)}\n`
  yield `- ${placeWords(places)}\n`
  if (priority !== undefined) {
    const due = priority.due === undefined ? '' : ` Due ${moment(priority.due)}.`
    yield `\nDecision: ${inline(prioritySentence(priority))}.${due}\n`
  }
  if (steps.length > 0) yield '\n### What to do, in this order\n\n'
  for (const [index, step] of steps.entries()) yield* stepText(step, index + 1)
  if (snippets.length > 0) yield '\n### How programs should read it\n'
  for (const { store, language, code: text } of snippets)
    yield `\n${storeNames[store]}:\n\n\`\`\`${languageNames[language]}\n${text}\n\`\`\`\n`
  yield '\n### Where its use can be seen\n\n'
  for (const one of evidence) yield evidenceText(one)
  yield `\nCase ${code(id)}\n`
}

function placeWords({ count: number, first }: Explanation['places']): string {
  if (first === undefined) return 'Where it was found is not known.'
  const when = whenAndForWhom(first)
  const where = whereFound(first)
  return `Found in ${count(number, 'place')}${where === '' ? '' : `, first ${link(first.url, code(where))}`}${when === '' ? '' : ` (${inline(when)})`}.`
}

function* stepText(
  { do: what, details = [], links = [], commands = [], expect, back }: Step,
  number: number,
): Generator<string> {
  yield `${number}. [ ] ${inline(what)}\n`
  for (const detail of details) yield `   - ${inline(detail)}\n`
  for (const page of links) yield `   - ${link(page, inline(page))}\n`
  for (const command of commands) yield `   - ${code(command)}\n`
  yield `   - Then: ${inline(expect)}\n   - Back: ${inline(back)}\n`
}

function evidenceText({ where, says, link: page }: Evidence): string {
  const word = { api: 'By API', dashboard: 'By eye', nowhere: 'Not seen' }[where]
  return `- ${word}: ${inline(says)}${page === undefined ? '' : ` (${link(page, 'source')})`}\n`
}
