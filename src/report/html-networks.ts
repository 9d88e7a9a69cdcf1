import { chanceWords } from '../model/chance-words.ts'
import type { Misuse, Session } from '../model/misuse.ts'
import { anchor, esc, time } from './html-text.ts'
import { isStrange } from './urgency-words.ts'
import { number } from './words.ts'

const mostRows = 40

interface Network {
  readonly name: string
  readonly addresses: Set<string>
  readonly clients: Set<string>
  sessions: number
  first: string
  last: string
  p: number
}

/** Every network that the key was used from, the strangest first. */
export function networks(misuse: Misuse | undefined): string {
  const known = misuse?.before?.clients ?? []
  const all = [...byNetwork(misuse?.sessions ?? []).values()].toSorted(
    (a, b) => b.p - a.p || (a.last < b.last ? 1 : -1),
  )
  if (all.length + known.length === 0) return ''
  const more = all.length > mostRows ? `<p class="more">and ${number(all.length - mostRows)} more, see JSON</p>\n` : ''
  const own = known.map(
    ({ client, network, lastAt }) =>
      `<tr><th scope="row">${esc(network)}</th><td>${esc(client)}</td><td>before the leak</td><td>last ${time(lastAt)}</td><td>own</td></tr>\n`,
  )
  const named = all.some(({ name }) => /^AS\d/.test(name))
  // CC BY 4.0 asks a page that shows this data to link back: https://db-ip.com/db/download/ip-to-asn-lite
  const credit = named
    ? `<p class="small">Numbers of networks: ${anchor('https://db-ip.com', 'IP Geolocation by DB-IP')}, and the log’s own.</p>\n`
    : ''
  return `<section><h3>Networks seen <b>${number(all.length)}</b></h3>
<div class="wide"><table><thead><tr><th scope="col">Network</th><th scope="col">Clients</th><th scope="col">Sessions</th><th scope="col">First to last</th><th scope="col">Highest p</th></tr></thead>
<tbody>
${all.slice(0, mostRows).map(row).join('')}${own.slice(0, mostRows).join('')}</tbody></table></div>
${more}${credit}</section>
`
}

function row({ name, addresses, clients, sessions, first, last, p }: Network): string {
  const some = [...addresses].slice(0, 3).join(', ')
  const rest = addresses.size > 3 ? ` and ${addresses.size - 3} more` : ''
  const from = some === '' || some === name ? '' : ` <span class="by">${esc(some)}${rest}</span>`
  const word = p >= 0.5 ? 'strange ' : isStrange({ p }) ? 'look at it ' : ''
  return `<tr${isStrange({ p }) ? ' class="strange"' : ''}><th scope="row">${esc(name)}${from}</th><td>${esc([...clients].slice(0, 5).join(', ')) || 'not logged'}</td><td>${number(sessions)}</td><td>${time(first)} to ${time(last)}</td><td class="p">${word}${chanceWords(p)}</td></tr>\n`
}

function byNetwork(sessions: readonly Session[]): Map<string, Network> {
  const found = new Map<string, Network>()
  for (const session of sessions) {
    const name = nameOf(session)
    const { start, end, p, ip, client } = session
    const known = found.get(name) ?? {
      name,
      addresses: new Set(),
      clients: new Set(),
      sessions: 0,
      first: start,
      last: end,
      p,
    }
    found.set(name, known)
    known.sessions += 1
    if (ip !== undefined) known.addresses.add(ip)
    if (client !== undefined) known.clients.add(client)
    if (start < known.first) known.first = start
    if (end > known.last) known.last = end
    known.p = Math.max(known.p, p)
  }
  return found
}

function nameOf({ asn, country, ip }: Session): string {
  if (asn !== undefined) return `AS${asn}${country === undefined ? '' : ` ${country}`}`
  return ip ?? 'address not logged'
}
