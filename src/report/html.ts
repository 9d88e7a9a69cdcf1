import { createHash } from 'node:crypto'
import type { Report } from '../model/run.ts'
import { headline } from './headline.ts'
import { caseDetails } from './html-case.ts'
import { filters } from './html-filters.ts'
import { hasDetails, queue } from './html-queue.ts'
import { runDetails } from './html-run.ts'
import { script } from './html-script.ts'
import { timelineScript } from './html-script-timeline.ts'
import { style } from './html-style.ts'
import { narrow } from './html-style-narrow.ts'
import { urgentStyle } from './html-style-urgent.ts'
import { esc } from './html-text.ts'
import { urgent } from './html-urgent.ts'
import { byStanding, standings } from './standing.ts'
import { wasInvestigated } from './urgency-words.ts'
import { alsoTold } from './urgent-headline.ts'
import { count, span } from './words.ts'

/** What the page looks like and does; its policy allows this by its hashes, and nothing else: no network, no frame, no form. */
interface Dress {
  readonly looks: string
  readonly acts: string
  readonly policy: string
}

const plain = dressed(style + narrow, script)
const investigated = dressed(style + narrow + urgentStyle, script + timelineScript)

/**
 * One page that needs no network and no script: the queue of keys, and each key with what to do. After an
 * investigation it is in the order of work, and tells who used each key.
 */
export function* html(report: Report): Generator<string> {
  if (wasInvestigated(report)) yield* urgentPage(report)
  else yield* plainPage(report)
}

function* plainPage(report: Report): Generator<string> {
  const heaps = byStanding(report.cases)
  const ordered = standings.flatMap(heap => heaps[heap])
  const numbers = new Map(ordered.map((one, index) => [one, index + 1]))
  yield head(report, headline(report), plain)
  yield top(report, headline(report)) + filters(report)
  yield openQueue
  for (const heap of standings) yield* queue(heap, heaps[heap], numbers)
  yield openCases(report)
  for (const one of ordered) if (hasDetails(one, ordered.length)) yield* caseDetails(one, numbers.get(one) ?? 0)
  yield runDetails(report)
  if (large(report))
    yield `<p class="empty">In a report of this size, dead and set-aside keys are rows only; JSON holds the rest.</p>\n`
  yield ending(plain)
}

function* urgentPage(report: Report): Generator<string> {
  const before =
    head(report, headline(report), investigated) + top(report, headline(report), alsoTold(report)) + filters(report)
  const after = runDetails(report) + ending(investigated)
  const { queue: rows, details } = urgent(report, Buffer.byteLength(before) + Buffer.byteLength(after))
  yield before + openQueue + rows + openCases(report)
  yield details
  yield after
}

const openQueue = '<div class="desk">\n<nav class="queue" aria-label="Keys">\n'

function openCases(report: Report): string {
  return `<p class="none" hidden>No key matches.</p>
<p class="about"><a class="row" href="#run">About this run${warned(report)}</a></p>\n</nav>\n<main class="cases">\n`
}

function ending({ acts }: Dress): string {
  return `</main>\n</div>\n<script>${acts}</script>\n</body>\n</html>\n`
}

function dressed(looks: string, acts: string): Dress {
  const policy = [
    "default-src 'none'",
    `style-src '${hash(looks)}'`,
    `script-src '${hash(acts)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return { looks, acts, policy }
}

/** Whether some cases are rows only. */
function large({ cases }: Report): boolean {
  return !wasInvestigated({ cases }) && cases.some(one => !hasDetails(one, cases.length))
}

function head(report: Report, says: string, { looks, policy }: Dress): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${esc(says)} · afterleak</title>
<style>${looks}</style>
</head>
<body data-run="${esc(report.run.id)}"${large(report) ? ' class="large"' : ''}>
`
}

function top(report: Report, says: string, also = ''): string {
  const size = `${count(report.summary.findings, 'finding')}, ${count(report.summary.cases, 'key')}`
  return `<header class="top">
<p class="brand">afterleak</p>
<h1>${esc(says)}</h1>
${also === '' ? '' : `<p class="also">${esc(also)}</p>\n`}<p class="meta">${esc(`${size}. Checked ${span(report.run)}, run ${report.run.id}.`)}</p>
</header>
`
}

function warned({ warnings }: Report): string {
  return warnings.length === 0 ? '' : `: ${count(warnings.length, 'warning')}`
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
