import type { Case } from '../model/credential.ts'
import type { Report } from '../model/run.ts'
import { fitted, pageLimit } from './html-fit.ts'
import { briefCase, urgentCase } from './html-urgent-case.ts'
import { urgentQueue } from './html-urgent-queue.ts'
import { type Urgency, urgencies, urgencyOf } from './urgency-words.ts'
import { count, number } from './words.ts'

/** The queue and the details of an investigation, the most urgent first, in at most 3 MB where that can be. */
export interface Urgent {
  readonly heaps: Readonly<Record<Urgency, readonly Case[]>>
  readonly queue: string
  readonly details: string
}

/** @param rest bytes of the page that are not its queue or its details */
export function urgent({ cases }: Report, rest: number): Urgent {
  const heaps = byUrgency(cases)
  const ordered = urgencies.flatMap(urgency => heaps[urgency])
  const anchors = anchorsOf(ordered)
  const anchorOf = (one: Case): string => anchors.get(one) ?? ''
  const rows = queueOf(heaps, anchorOf)
  const { texts, short } = fitted(
    ordered,
    { full: one => urgentCase(one, anchorOf(one)), brief: one => briefCase(one, anchorOf(one)) },
    pageLimit - rest - Buffer.byteLength(rows),
  )
  const queue =
    texts.size === ordered.length ? rows : queueOf(heaps, one => (texts.has(one) ? anchorOf(one) : undefined))
  return { heaps, queue, details: [...texts.values()].join('') + note(short, ordered.length - texts.size) }
}

function queueOf(heaps: Urgent['heaps'], anchorOf: (one: Case) => string | undefined): string {
  return urgencies.flatMap(urgency => [...urgentQueue(urgency, heaps[urgency], anchorOf)]).join('')
}

function byUrgency(cases: readonly Case[]): Urgent['heaps'] {
  const heaps: Record<Urgency, Case[]> = {
    act_now: [],
    investigate: [],
    out_of_cycle: [],
    scheduled: [],
    unranked: [],
    none: [],
  }
  for (const one of cases) heaps[urgencyOf(one)].push(one)
  return heaps
}

/** From the id of the case, so that a link to it holds for every report that has it. */
function anchorsOf(cases: readonly Case[]): ReadonlyMap<Case, string> {
  const taken = new Set<string>()
  return new Map(
    cases.map((one, index) => {
      const plain = `case-${one.id.replaceAll(/[^\w.-]/g, '_')}`
      const anchor = taken.has(plain) ? `${plain}.${index + 1}` : plain
      taken.add(anchor)
      return [one, anchor]
    }),
  )
}

function note(short: number, left: number): string {
  if (short + left === 0) return ''
  const parts = [
    short === 0 ? '' : `${count(short, 'key')} ${short === 1 ? 'is' : 'are'} told in short`,
    left === 0 ? '' : `${number(left)} ${left === 1 ? 'is' : 'are'} a row only`,
  ]
  return `<p class="size">So that this page stays small, ${parts.filter(part => part !== '').join(' and ')}: the least urgent ones. JSON holds the rest.</p>\n`
}
