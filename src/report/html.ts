import { createHash } from 'node:crypto'
import type { Case } from '../model/credential.ts'
import type { Report } from '../model/run.ts'
import { headline } from './headline.ts'
import { caseDetails } from './html-case.ts'
import { hasDetails, queue } from './html-queue.ts'
import { runDetails } from './html-run.ts'
import { script } from './html-script.ts'
import { style } from './html-style.ts'
import { narrow } from './html-style-narrow.ts'
import { esc } from './html-text.ts'
import { byStanding, type Standing, standingName, standings } from './standing.ts'
import { count, number, span } from './words.ts'

const styles = style + narrow

/** Allows this page's own style and script by their hashes, and nothing else: no network, no frame, no form. */
const policy = [
  "default-src 'none'",
  `style-src '${hash(styles)}'`,
  `script-src '${hash(script)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** One page that needs no network and no script: the queue of keys, and each key with what to do. */
export function* html(report: Report): Generator<string> {
  const heaps = byStanding(report.cases)
  const ordered = standings.flatMap(heap => heaps[heap])
  const numbers = new Map(ordered.map((one, index) => [one, index + 1]))
  yield head(report)
  yield top(report, heaps)
  yield '<div class="desk">\n<nav class="queue" aria-label="Keys">\n'
  for (const heap of standings) yield* queue(heap, heaps[heap], numbers)
  yield '<p class="none" hidden>No key matches.</p>\n'
  yield `<p class="about"><a class="row" href="#run">About this run${warned(report)}</a></p>\n</nav>\n<main class="cases">\n`
  for (const one of ordered) if (hasDetails(one, ordered.length)) yield* caseDetails(one, numbers.get(one) ?? 0)
  yield runDetails(report)
  if (large(report))
    yield `<p class="empty">In a report of this size, dead and set-aside keys are rows only; JSON holds the rest.</p>\n`
  yield `</main>\n</div>\n<script>${script}</script>\n</body>\n</html>\n`
}

/** Whether some cases are rows only. */
function large({ cases }: Report): boolean {
  return cases.some(one => !hasDetails(one, cases.length))
}

function head(report: Report): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${esc(headline(report))} · afterleak</title>
<style>${styles}</style>
</head>
<body data-run="${esc(report.run.id)}"${large(report) ? ' class="large"' : ''}>
`
}

function top(report: Report, heaps: Readonly<Record<Standing, readonly Case[]>>): string {
  const size = `${count(report.summary.findings, 'finding')}, ${count(report.summary.cases, 'key')}`
  const buttons = standings.map(heap => button(heap, standingName(heap), heaps[heap].length))
  return `<header class="top">
<p class="brand">afterleak</p>
<h1>${esc(headline(report))}</h1>
<p class="meta">${esc(`${size}. Checked ${span(report.run)}, run ${report.run.id}.`)}</p>
</header>
<div class="tools">
<div class="filters" role="group" aria-label="Show">
${button('all', 'All', report.cases.length)}${buttons.join('')}</div>
<input class="search" type="search" aria-label="Search keys, owners, files" placeholder="Search keys, owners, files" autocomplete="off" spellcheck="false">
<output class="status" aria-live="polite"></output>
<p class="hint"><kbd>j</kbd> <kbd>k</kbd> next, previous <kbd>/</kbd> search</p>
</div>
`
}

function button(heap: Standing | 'all', words: string, total: number): string {
  return `<button type="button" data-show="${heap}" aria-pressed="${heap === 'all'}">${words} <b>${number(total)}</b></button>\n`
}

function warned({ warnings }: Report): string {
  return warnings.length === 0 ? '' : `: ${count(warnings.length, 'warning')}`
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
