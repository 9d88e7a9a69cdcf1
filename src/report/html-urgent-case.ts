import type { Case } from '../model/credential.ts'
import { whatDecides } from './decide.ts'
import { calm } from './explain-known.ts'
import { checklist, places, rawEvidence, whatItIs } from './html-case.ts'
import { coverage } from './html-coverage.ts'
import { hours } from './html-hours.ts'
import { networks } from './html-networks.ts'
import { priorityReasons } from './html-priority.ts'
import { marks } from './html-queue.ts'
import { readers } from './html-readers.ts'
import { briefStory, story } from './html-story.ts'
import { esc, anchor as hyperlink, time } from './html-text.ts'
import { timeline } from './html-timeline.ts'
import { standing, standingName } from './standing.ts'
import { isStrange, urgencyName, urgencyOf } from './urgency-words.ts'
import { nameOf, number, reasonWords, sentence } from './words.ts'

const mostEvents = 200

/** One key after an investigation: the paragraph to forward, what to do, who used it, why so soon, and all that is known. */
export function urgentCase(one: Case, anchor: string): string {
  const parts = [
    head(one, anchor),
    story(one),
    nextStep(one),
    timeline(one, anchor),
    networks(one.misuse),
    hours(one.misuse),
    readers(one),
    coverage(one.misuse),
    priorityReasons(one.priority),
    unused(one),
    whatItIs(one),
    [...places(one)].join(''),
    raw(one),
    '</article>\n',
  ]
  return parts.join('')
}

/** The paragraph and what to do alone, where the page has no room for more. */
export function briefCase(one: Case, anchor: string): string {
  const { priority, runbook, verdict } = one
  const where =
    runbook === undefined || verdict.state === 'dead' ? '' : `: ${hyperlink(runbook.where, esc(runbook.where))}`
  const way =
    priority === undefined ? '' : `<p>${esc(calm(one, false).replace(/\.$/, ''))}${where === '' ? '.' : where}</p>\n`
  return `${head(one, anchor)}${briefStory(one)}${way}<p class="trimmed">The page has no room for the rest of this key: JSON has it, and <code>afterleak explain ${esc(one.id)}</code> tells it.</p>\n</article>\n`
}

function head(one: Case, anchor: string): string {
  const { verdict, priority } = one
  const heap = standing(verdict)
  const urgency = urgencyOf(one)
  // Keys that need nothing are short on paper; others never are, dead or not.
  const short = urgency === 'none' && one.misuse === undefined ? heap : urgency
  const due = priority?.due === undefined ? '' : `<span class="due">due ${time(priority.due)}</span>`
  return `<article id="${anchor}" data-case="${esc(one.id)}" data-heap="${short}" aria-labelledby="name-${anchor}" tabindex="-1">
<p class="back"><a href="#">← All keys</a></p>
<p class="state ${heap}"><span class="mark" aria-hidden="true">${marks[heap]}</span> ${standingName(heap)}<span class="reason"> · ${esc(reasonWords(verdict.reason))}</span></p>
<p class="decision"><b>${urgencyName(urgency)}</b> ${due}</p>
<h2 id="name-${anchor}">${esc(nameOf(one))} <code>${esc(one.shown)}</code></h2>
`
}

function nextStep(one: Case): string {
  const { runbook, priority, verdict } = one
  const heap = standing(verdict)
  const decides = heap === 'undecided' ? whatDecides(one) : undefined
  const decide = decides === undefined ? '' : `<p>To decide it: ${esc(sentence(decides))}</p>\n`
  const needed = runbook !== undefined && (heap === 'live' || heap === 'undecided')
  const steps = needed ? checklist(runbook, heap) : ''
  const way = priority === undefined ? '' : `<p>${esc(calm(one, false))}</p>\n`
  const broken = (priority?.breaks ?? []).map(
    ({ client, network, lastAt }) => `<li>${esc(client)} from ${esc(network)}, last seen ${time(lastAt)}</li>\n`,
  )
  const breaks =
    broken.length === 0 ? '' : `<h4>Breaks these clients</h4>\n<ul class="breaks">\n${broken.join('')}</ul>\n`
  return `${way}${decide}${steps}${breaks}` === ''
    ? ''
    : `<section class="next"><h3>Next step</h3>\n${way}${decide}${steps}${breaks}</section>\n`
}

function unused({ priority }: Case): string {
  const rights = priority?.unused ?? []
  if (rights.length === 0) return ''
  return `<section><h3>Rights that its owner was not seen to use <b>${number(rights.length)}</b></h3>\n<p>A new key needs none of them: ${rights.map(right => `<code>${esc(right)}</code>`).join(' ')}</p></section>\n`
}

function raw(one: Case): string {
  const strange = (one.misuse?.sessions ?? []).filter(isStrange).flatMap(({ events }) => events)
  const listed = strange.slice(0, mostEvents).map(id => `<code>${esc(id)}</code>`)
  const more = strange.length > mostEvents ? ` and ${number(strange.length - mostEvents)} more` : ''
  const events =
    listed.length === 0
      ? ''
      : `<h4>Events that the strange sessions rest on</h4>\n<p class="ids">${listed.join(' ')}${more}</p>\n`
  const evidence = rawEvidence(one)
  if (events === '' && evidence === '') return ''
  return `<section><details><summary>Raw evidence</summary>\n${events}${evidence === '' ? '' : `<h4>What the provider answered</h4>\n${evidence}`}</details></section>\n`
}
