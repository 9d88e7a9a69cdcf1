import { chanceWords } from '../model/chance-words.ts'
import type { Case } from '../model/credential.ts'
import { marks } from './html-queue.ts'
import { esc, time } from './html-text.ts'
import { exposedWords, firstPlace, placeCount, whereFound } from './places.ts'
import { standing, standingName } from './standing.ts'
import { isStrange, misuseWords, type Urgency, urgencyName } from './urgency-words.ts'
import { identityWords, nameOf, number, reasonWords } from './words.ts'

/** The keys of one decision: what they are, when they are due, who could read them, who used them. */
export function* urgentQueue(
  urgency: Urgency,
  cases: readonly Case[],
  anchorOf: (one: Case) => string | undefined,
): Generator<string> {
  if (cases.length === 0) return
  yield `<section class="heap" data-heap="${urgency}">\n<h2>${urgencyName(urgency)} <b>${number(cases.length)}</b></h2>\n<ol>\n`
  for (const one of cases) yield urgentRow(one, anchorOf(one))
  yield '</ol>\n</section>\n'
}

/** @param anchor the id of its details; undefined where the page has no room for them */
function urgentRow(one: Case, anchor: string | undefined): string {
  const { verdict, misuse, priority, findings } = one
  const heap = standing(verdict)
  const due = priority?.due === undefined ? '' : ` <span class="why">due ${time(priority.due)}</span>`
  const first = firstPlace(findings)
  const identity = identityWords(verdict.identity) || (first === undefined ? '' : whereFound(first))
  const who = [nameOf(one), identity].filter(part => part !== '').join(' · ')
  const chance = misuse !== undefined && isStrange(misuse) ? ` ${chanceWords(misuse.p)}` : ''
  const state = `<span class="${heap}">${standingName(heap)}, ${esc(reasonWords(verdict.reason))}</span>`
  const exposed = exposedWords(one) || placeCount(findings)
  const inner =
    `<span class="mark ${heap}" aria-hidden="true">${marks[heap]}</span>` +
    `<span class="line"><code>${esc(one.shown)}</code>${due}</span>` +
    `<span class="line"><span class="who">${esc(who)}</span></span>` +
    `<span class="line small"><span class="who">${state} · ${esc(exposed)}</span><span class="amount ${strangeness(one)}">${misuseWords(misuse)}${chance}</span></span>`
  if (anchor === undefined) return `<li><div class="row compact" data-state="${heap}">${inner}</div></li>\n`
  return `<li><a class="row" href="#${anchor}" data-state="${heap}">${inner}</a></li>\n`
}

function strangeness({ misuse }: Case): string {
  return misuse !== undefined && isStrange(misuse) ? 'strange' : ''
}
