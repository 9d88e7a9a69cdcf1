import type { Report } from '../model/run.ts'
import { esc, fact, time } from './html-text.ts'
import { count, warningText } from './words.ts'

const warningLimit = 500

/** About the run itself: when, which command, the head of its ledger, and what could not be read. */
export function runDetails({ run, warnings }: Report): string {
  const facts = [
    fact('run', `<code>${esc(run.id)}</code>`),
    run.resumed === undefined ? '' : fact('resumed', `<code>${esc(run.resumed)}</code>`),
    fact('started', time(run.started, 'second')),
    fact('finished', time(run.finished, 'second')),
    fact('command', `<code>${esc(run.command)}</code>`),
    fact('version', `afterleak ${esc(run.version)}`),
    fact('ledger', run.ledgerHead === null ? 'nothing was sent' : `<code>${esc(run.ledgerHead)}</code>`),
  ]
  const listed = warnings.slice(0, warningLimit).map(warning => `<li>${esc(warningText(warning))}</li>\n`)
  const rest = warnings.length - listed.length
  const more = rest > 0 ? `<p class="more">and ${count(rest, 'more warning')}, see JSON</p>\n` : ''
  const said =
    listed.length === 0
      ? ''
      : `<section><h3>Warnings <b>${warnings.length}</b></h3>\n<ol class="warnings">\n${listed.join('')}</ol>\n${more}</section>\n`
  return `<article id="run" aria-labelledby="name-run" tabindex="-1">
<p class="back"><a href="#">← All keys</a></p>
<h2 id="name-run">About this run</h2>
<p class="lead">Verdicts say what was true when they were taken. Only the provider’s own word makes a key dead.</p>
${said}<section><h3>Run</h3>
<dl class="facts">
${facts.join('')}</dl></section>
</article>
`
}
