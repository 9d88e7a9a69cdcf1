import type { Misuse } from '../model/misuse.ts'
import type { Coverage } from '../model/usage.ts'
import { wasRead, whose } from './coverage-words.ts'
import { esc, time } from './html-text.ts'
import { count, sentence } from './words.ts'

const stateWords: Readonly<Record<Coverage['state'], string>> = {
  ok: 'read',
  empty: 'read, nothing in it',
  partial: 'read in part',
  unavailable: 'not available',
  denied: 'not permitted',
  rate_limited: 'asked too often, not read whole',
}

/** Which logs were read, and as plainly what none of them shows. */
export function coverage(misuse: Misuse | undefined): string {
  const sources = misuse?.coverage ?? []
  const none = sources.length === 0 ? '<p>No log of its use was read. That nothing was seen says nothing.</p>\n' : ''
  const ours =
    misuse !== undefined && misuse.ours > 0
      ? `<p class="small">${count(misuse.ours, 'event')} by this tool itself ${misuse.ours === 1 ? 'was' : 'were'} found in the logs and left out.</p>\n`
      : ''
  return `<section class="coverage"><h3>What was looked at, and what could not be seen</h3>
${none}${sources.map(source).join('')}${ours}</section>
`
}

function source(one: Coverage): string {
  const { source: name, state, window, covers, lag, blind = [], why } = one
  const seen = [
    stateWords[state],
    whose[covers],
    window === undefined ? '' : `${time(window.from)} to ${time(window.to)}`,
    lag === undefined ? '' : `late by ${esc(lag)}`,
  ]
  const reason = why === undefined ? '' : `<li><b>Why:</b> ${esc(sentence(why))}</li>\n`
  const unseen = (wasRead(one) ? blind : []).map(text => `<li><b>Not seen:</b> ${esc(sentence(text))}</li>\n`)
  return `<p><b>${esc(name)}</b>: ${seen.filter(text => text !== '').join(', ')}.</p>\n${reason === '' && unseen.length === 0 ? '' : `<ul class="blind">\n${reason}${unseen.join('')}</ul>\n`}`
}
