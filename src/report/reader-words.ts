import type { Attempts, Misuse } from '../model/misuse.ts'
import type { Kept, Reader, Readership } from '../model/readership.ts'
import { count, moment, number, sentence } from './words.ts'

interface Used {
  readonly readers?: Readership | undefined
  readonly misuse?: Misuse | undefined
}

/** Who still tries a key though it is dead, and who read it where it is kept: nearly all of them. */
export function usedWords({ readers, misuse }: Used): readonly string[] {
  return [...attemptSentences(misuse?.attempts, 10), ...readerSentences(readers, 20)]
}

/** Who read a key where it is kept, a sentence each: the places, and its readers. */
export function readerSentences(readers: Readership | undefined, most = 3): readonly string[] {
  if (readers === undefined) return []
  const { kept, readers: all, omitted = 0, ours } = readers
  const more = all.length + omitted - most
  const listed = `${all.slice(0, most).map(readerWords).join('; ')}${more > 0 ? `; and ${number(more)} more` : ''}`
  const since = readSince(readers)
  const read =
    all.length > 0
      ? `Read there since ${since ?? 'an unknown time'} by ${listed}.`
      : since === undefined
        ? 'Who read it there is not known.'
        : `No read of it there is in the log since ${since}.`
  const own = ours === 0 ? '' : `${count(ours, 'read')} of our own ${ours === 1 ? 'is' : 'are'} left out.`
  return [`Kept in ${kept.map(keptWords).join(', ')}.`, read, own].filter(text => text !== '')
}

/** `vault:kv/pay (checkout, by the inventory)` */
export function keptWords({ store, by, service }: Kept): string {
  if (by === 'inventory') return `${store} (${service ?? 'a service'}, by the inventory)`
  return by === 'user' ? `${store} (as you say)` : store
}

/** From when on its logs were read; undefined where none was. */
function readSince({ coverage }: Readership): string | undefined {
  const [first] = coverage.flatMap(({ window }) => window?.from ?? []).toSorted()
  return first === undefined ? undefined : moment(first)
}

function readerWords(reader: Reader): string {
  const { who, service, ip, client, lastAt, count: times, refused, fresh } = reader
  const name = service === undefined ? who : `${service} (${who})`
  const where = [ip === undefined ? '' : `from ${ip}`, client === undefined ? '' : `by ${client}`]
  const often = times === 0 ? [] : [times === 1 ? 'once' : `${number(times)} times`]
  const kept = refused === 0 ? [] : [`refused ${refused === 1 ? 'once' : `${number(refused)} times`}`]
  const when = `${[...often, ...kept].join(' and ')}, last ${moment(lastAt)}`
  return [name, ...where, when].filter(text => text !== '').join(' ') + (fresh ? ', first seen after the leak' : '')
}

/** What the logs of its stores do not show, each with its log. */
export function readersUnseen(readers: Readership | undefined): readonly string[] {
  return (readers?.coverage ?? []).flatMap(({ source, state, why, blind = [] }) => [
    ...(state === 'ok' ? [] : [`readers, ${source}: ${sentence(why ?? state.replaceAll('_', ' '))}`]),
    ...blind.map(text => `readers, ${source}: ${sentence(text)}`),
  ])
}

/** Who still tries a dead key, and from where. */
export function attemptSentences(attempts: Attempts | undefined, most = 3): readonly string[] {
  if (attempts === undefined) return []
  const { by, workedAt, count: times, callers, omitted = 0 } = attempts
  const more = callers.length + omitted - most
  const listed = callers.slice(0, most).map(({ ip, client, count: tries, lastAt }) => {
    const from = [ip ?? 'an address that is not logged', client === undefined ? '' : `by ${client}`]
    return `${from.filter(text => text !== '').join(' ')}, ${count(tries, 'time')}, last ${moment(lastAt)}`
  })
  const what = by === 'key' ? 'with it' : 'to sign in as its user'
  const since = workedAt === undefined ? '' : ` since it last worked, ${moment(workedAt)}`
  const who = `${listed.join('; ')}${more > 0 ? `; and ${number(more)} more` : ''}`
  return [
    `It is still tried: ${count(times, 'attempt')} ${what} ${times === 1 ? 'was' : 'were'} refused${since} (${who}).`,
  ]
}
