import { chanceWords } from '../model/chance-words.ts'
import type { Session, Signal } from '../model/misuse.ts'
import { weight } from './html-attack.ts'
import { esc } from './html-text.ts'
import { isStrange, lasting } from './urgency-words.ts'
import { count, moment } from './words.ts'

const mostActions = 8

/** `AS14618, US, 192.0.2.7`: where a session came from, as far as the log says. */
export function sessionNetwork({ asn, country, ip }: Session): string {
  const known = [asn === undefined ? '' : `AS${asn}`, country ?? '', ip ?? ''].filter(word => word !== '')
  return known.join(', ') || 'address not logged'
}

/** Every session in words: when, from where, by what, how likely a stranger's, and why. */
export function sessionTable(sessions: readonly Session[], leak: number | undefined): string {
  if (sessions.length === 0) return ''
  return `<details><summary>${count(sessions.length, 'session')} as a table</summary>
<div class="wide"><table><thead><tr><th scope="col">When</th><th scope="col">From</th><th scope="col">Did</th><th scope="col">Chance of misuse</th><th scope="col">Evidence</th></tr></thead>
<tbody>
${sessions.map((session, index) => row(session, index, leak)).join('')}</tbody></table></div>
${sessions.every(isStrange) ? '' : '<p class="small paper">On paper only the strange sessions are listed.</p>'}</details>
`
}

function row(session: Session, index: number, leak: number | undefined): string {
  const { start, end, client, count: events, actions, p, prior, signals } = session
  const lasted = Date.parse(end) - Date.parse(start)
  const since = leak === undefined || Number.isNaN(Date.parse(start)) ? '' : sinceLeak(Date.parse(start) - leak)
  const listed = actions.slice(0, mostActions).map(action => `<code>${esc(action)}</code>`)
  const more = actions.length > mostActions ? ` and ${actions.length - mostActions} more` : ''
  const evidence = [
    `<li>before any evidence: chance ${chanceWords(1 / (1 + Math.exp(-prior)))}</li>`,
    ...signals.map(sign),
  ]
  return `<tr data-at="${index}"${isStrange(session) ? ' class="strange"' : ''}><th scope="row">${esc(moment(start))}${since}${lasted >= 60_000 ? `, for ${lasting(lasted)}` : ''}</th><td>${esc(sessionNetwork(session))}${client === undefined ? '' : `, ${esc(client)}`}</td><td>${count(events, 'event')}: ${listed.join(' ')}${more}</td><td class="p">${chanceWords(p)}</td><td><ul>${evidence.join('')}</ul></td></tr>\n`
}

function sinceLeak(passed: number): string {
  return `, ${lasting(Math.abs(passed))} ${passed < 0 ? 'before' : 'after'} the leak`
}

function sign({ family, says, llr, attack }: Signal): string {
  return `<li><b>${esc(family.replaceAll('_', ' '))}</b> ${weight(llr)}: ${esc([says, ...attack].join(' '))}</li>`
}
