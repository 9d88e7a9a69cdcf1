import type { Case } from '../model/credential.ts'
import type { Reader, Readership } from '../model/readership.ts'
import { esc, time } from './html-text.ts'
import { attemptSentences, keptWords, readersUnseen } from './reader-words.ts'
import { number } from './words.ts'

/** Who read a key where it is kept, and who still tries it once it is dead. */
export function readers({ readers: known, misuse }: Case): string {
  const tried = attemptSentences(misuse?.attempts, 10).map(text => `<p>${esc(text)}</p>\n`)
  const still = tried.length === 0 ? '' : `<section><h3>Still tried</h3>\n${tried.join('')}</section>\n`
  return `${still}${known === undefined ? '' : table(known)}`
}

function table(known: Readership): string {
  const { kept, readers: all, omitted = 0, ours, coverage } = known
  const [since] = coverage.flatMap(({ window }) => window?.from ?? []).toSorted()
  const none = `<p>${since === undefined ? 'Who read it there is not known.' : `No read of it is in the log since ${time(since)}.`}</p>\n`
  const rows = `<div class="wide"><table><thead><tr><th scope="col">Who</th><th scope="col">From</th><th scope="col">Reads</th><th scope="col">First to last</th></tr></thead>
<tbody>
${all.map(row).join('')}</tbody></table></div>
`
  const more = omitted > 0 ? `<p class="more">and ${number(omitted)} more, which no report lists</p>\n` : ''
  const own = ours > 0 ? `<p class="small">${number(ours)} by this tool itself left out.</p>\n` : ''
  const blind = readersUnseen(known).map(text => `<li><b>Not seen:</b> ${esc(text)}</li>\n`)
  const from = since === undefined || all.length === 0 ? '' : ` Logged since ${time(since)}.`
  return `<section><h3>Who read it where it is kept <b>${number(all.length + omitted)}</b></h3>
<p>Kept in ${esc(kept.map(keptWords).join(', '))}.${from}</p>
${all.length === 0 ? none : rows}${more}${own}${blind.length === 0 ? '' : `<ul class="blind">\n${blind.join('')}</ul>\n`}</section>
`
}

function row({ who, key, service, ip, client, count: times, refused, firstAt, lastAt, fresh, store }: Reader): string {
  const by = [service, key, store].filter(text => text !== undefined).join(' · ')
  const from = [ip ?? 'not logged', client ?? ''].filter(text => text !== '').join(' ')
  const often = refused === 0 ? number(times) : `${number(times)}, and ${number(refused)} refused`
  const late = fresh === true ? ' <b>first seen after the leak</b>' : ''
  return `<tr${fresh === true ? ' class="strange"' : ''}><th scope="row">${esc(who)} <span class="by">${esc(by)}</span></th><td>${esc(from)}</td><td>${often}</td><td>${time(firstAt)} to ${time(lastAt)}${late}</td></tr>\n`
}
