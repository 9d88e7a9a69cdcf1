import type { Case } from '../model/credential.ts'
import { clean } from './clean.ts'
import { whatDecides } from './decide.ts'
import { firstPlace, placeCount, seenFirst, whenAndForWhom, whereFound } from './places.ts'
import { standing } from './standing.ts'
import { type Group, groups } from './undecided.ts'
import { column, shorten, shortenStart, width, wrap } from './width.ts'
import { identityWords, nameOf, number, sentence } from './words.ts'

/** One listed line: its padded columns, and the lines below it. */
export interface Row {
  readonly name: string
  readonly shown: string
  readonly reason: string
  readonly what: string
  readonly more: readonly string[]
}

/** Columns of the list, from what stands in it. */
export interface Layout {
  readonly width: number
  readonly name: number
  readonly shown: number
  readonly reason: number
  /** Where the lines below a row begin. */
  readonly indent: number
  /** What is left for words. */
  readonly rest: number
}

const gap = 2

/** Columns below which a place says too little to have its date beside it. */
const leastPlace = 16

/** Columns as wide as their longest entry, within bounds, so that words have room. */
export function layout(cases: readonly Case[], all: boolean, total: number): Layout {
  const listed = { name: 8, shown: 10, reason: 5 }
  for (const one of cases) {
    const heap = standing(one.verdict)
    if (!all && heap !== 'live' && heap !== 'undecided') continue
    listed.name = Math.max(listed.name, width(clean(nameOf(one))))
    listed.shown = Math.max(listed.shown, width(clean(one.shown)) + (heap === 'undecided' ? 4 : 0))
    listed.reason = Math.max(listed.reason, one.verdict.reason.length)
  }
  const narrow = total < 64
  const name = Math.min(listed.name, narrow ? 8 : 14) + gap
  const shown = Math.min(listed.shown, narrow ? 12 : 22) + gap
  const reason = Math.min(listed.reason, narrow ? 12 : 14) + gap
  return { width: total, name, shown, reason, indent: 2 + name, rest: Math.max(0, total - 2 - name - shown - reason) }
}

/** A row a case, made one by one. */
export function* plainRows(cases: readonly Case[], sizes: Layout): Generator<Row> {
  for (const one of cases) yield plainRow(one, sizes)
}

function plainRow(one: Case, sizes: Layout): Row {
  const { verdict } = one
  const identity = clean(identityWords(verdict.identity))
  const because = clean(sentence(verdict.because))
  const words = verdict.reason === 'works' && identity !== '' ? [identity] : [identity, because]
  const [first = '', ...rest] = words.filter(text => text !== '')
  const beside = width(first) <= sizes.rest
  const more = (beside ? rest : [first, ...rest]).flatMap(text => wrap(text, below(sizes)))
  return { ...columns(one, 1, sizes), what: beside ? first : '', more: [...more, ...places(one, sizes)] }
}

/** Undecided keys; those that share a reason share a row: `×4`. */
export function undecidedRows(cases: readonly Case[], sizes: Layout): readonly Row[] {
  return groups(cases).map(group => undecidedRow(group, sizes))
}

function undecidedRow({ first, size }: Group, sizes: Layout): Row {
  const decides = whatDecides(first)
  const because = clean(sentence(first.verdict.because))
  const short = width(because) <= sizes.rest
  const todo = decides === undefined ? '' : sentence(`To decide it: ${clean(decides)}`)
  const words = short ? todo : `${because} ${todo}`.trim()
  const where = size === 1 ? places(first, sizes) : []
  const more = [...wrap(words, below(sizes)), ...where]
  return { ...columns(first, size, sizes), what: short ? because : '', more }
}

function columns(one: Case, times: number, sizes: Layout): Pick<Row, 'name' | 'shown' | 'reason'> {
  const mark = times === 1 ? '' : `  ×${number(times)}`
  const shown = shortenStart(clean(one.shown), sizes.shown - gap - width(mark)) + mark
  return {
    name: `${column(clean(nameOf(one)), sizes.name - gap)}  `,
    shown: `${column(shown, sizes.shown - gap)}  `,
    reason: `${column(one.verdict.reason, sizes.reason - gap)}  `,
  }
}

function places(one: Case, sizes: Layout): readonly string[] {
  const { findings } = one
  const first = firstPlace(findings)
  const where = first === undefined ? '' : clean(whereFound(first))
  if (first === undefined || where === '') return []
  const when = clean(whenAndForWhom(seenFirst(one, first)))
  const before = findings.length === 1 ? '' : `${placeCount(findings)}, first: `
  const room = below(sizes) - width(before)
  const after = when === '' ? '' : ` (${when})`
  const fits = room - width(after) >= Math.min(width(where), leastPlace)
  const words = fits ? `${shortenStart(where, room - width(after))}${after}` : shortenStart(where, room)
  return [shorten(`${before}${words}`, below(sizes))]
}

function below(sizes: Layout): number {
  return sizes.width - sizes.indent
}
