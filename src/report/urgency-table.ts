import type { styleText } from 'node:util'
import type { Case } from '../model/credential.ts'
import type { Decision } from '../model/priority.ts'
import type { Report } from '../model/run.ts'
import { caseWords, decisionWords } from './case-words.ts'
import { clean } from './clean.ts'
import { byDecision, decisions, dueOf, isTold } from './urgency.ts'
import { wrap } from './width.ts'
import { identityWords, nameOf, number, reasonCounts } from './words.ts'

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string

const colours = {
  act_now: 'red',
  investigate: 'red',
  out_of_cycle: 'yellow',
  scheduled: 'blue',
  none: 'green',
} as const

/** Cases under one decision that are listed unless all are asked for. */
const caseLimit = 30
/** Blind spots of one case that are listed. */
const blindLimit = 4
const indent = 5

/** What to do first, for a person at a terminal: a decision a heading, a case a paragraph. */
export function* urgencyTable(
  { cases, run }: Report,
  { width, all, paint }: { readonly width: number; readonly all: boolean; readonly paint: Paint },
): Generator<string> {
  const heaps = byDecision(cases)
  let place = 0
  for (const decision of decisions) {
    const heap = heaps[decision]
    if (heap.length === 0) continue
    yield heading(decision, heap, run.finished, paint)
    const told = all ? heap : heap.filter(isTold)
    const listed = all ? told : told.slice(0, caseLimit)
    for (const one of listed) {
      place += 1
      for (const line of paragraph(one, place, width, paint)) yield `${line}\n`
    }
    place += told.length - listed.length
    if (told.length > listed.length) yield `  and ${number(told.length - listed.length)} more; --all lists them\n`
    const counted = heap.length - told.length
    if (counted > 0)
      for (const line of wrap(
        `${number(counted)} with nothing to do: ${reasonCounts(heap.filter(one => !told.includes(one)))}`,
        width - 2,
      ))
        yield `  ${line}\n`
  }
}

function heading(decision: Decision, heap: readonly Case[], finished: string, paint: Paint): string {
  const due = dueOf(heap, finished)
  const name = `${decisionWords[decision].toUpperCase()} ${number(heap.length)}`
  return `${paint(['bold', colours[decision]], name)}${due === undefined ? '' : `   due ${due}`}\n`
}

function* paragraph(one: Case, place: number, width: number, paint: Paint): Generator<string> {
  const { lead, signs, then, lookedAt, notSeen } = caseWords(one)
  const shown = clean(one.shown)
  const title = [clean(nameOf(one)), shown, clean(identityWords(one.verdict.identity))].filter(text => text !== '')
  const [first = '', ...rest] = wrap(title.join(' '), width - indent)
  yield `${String(place).padStart(indent - 2)}  ${first.replace(shown, () => paint('bold', shown))}`
  const before = ' '.repeat(indent)
  for (const line of [...rest, ...wrap(clean(lead), width - indent)]) yield `${before}${line}`
  const column = Math.min(18, Math.max(0, ...signs.map(({ family }) => family.length))) + 2
  for (const { family, says } of signs)
    for (const [index, line] of wrap(clean(says), width - indent - 2 - column).entries())
      yield `${before}  ${(index === 0 ? clean(family) : '').padEnd(column)}${line}`
  for (const line of wrap(clean(then.join(' ')), width - indent)) yield `${before}${line}`
  if (lookedAt.length > 0)
    for (const line of wrap(clean(`Looked at: ${lookedAt.map(withoutLinks).join('; ')}.`), width - indent))
      yield `${before}${line}`
  const hidden = notSeen.length - blindLimit
  const more = hidden > 0 ? ` And ${number(hidden)} more, in --to json.` : ''
  if (notSeen.length > 0)
    for (const line of wrap(
      clean(`Not seen: ${notSeen.slice(0, blindLimit).map(withoutLinks).join(' ')}${more}`),
      width - indent,
    ))
      yield `${before}${line}`
}

/** Where a text says how it is known; the other formats keep it. */
function withoutLinks(text: string): string {
  return text.replaceAll(/ \(https?:\/\/[^\s)]+\)/g, '')
}
