import { chanceWords } from '../model/chance-words.ts'
import type { Case } from '../model/credential.ts'
import type { Misuse, Session } from '../model/misuse.ts'
import { sessionNetwork, sessionTable } from './html-sessions.ts'
import { esc } from './html-text.ts'
import { type TimeScale, timeScale } from './html-time-scale.ts'
import { isStrange, leakOf } from './urgency-words.ts'
import { count, moment, number } from './words.ts'

/** Sessions that are drawn and listed; those with the highest p where there are more. */
const mostSessions = 60

/** Pixels: between two marks that stand on each other, and how many do before they overlap. */
const level = { step: 13, most: 8, near: 3.2 }

interface Mark {
  readonly session: Session
  readonly index: number
  readonly at: number
  readonly height: number
}

/** Sessions on a line across the leak: the owner's below, strange ones above, and all of them as a table. */
export function timeline(one: Case, anchor: string): string {
  const { misuse } = one
  if (misuse === undefined || (misuse.sessions.length === 0 && misuse.before === undefined)) return ''
  const shown = mostTelling(misuse.sessions)
  const left = misuse.sessions.length - shown.length + (misuse.omitted ?? 0)
  const rest = left === 0 ? '' : `<p class="more">and ${count(left, 'session')} with lower p, see JSON</p>\n`
  const words = summary(misuse)
  const strange = shown.findIndex(isStrange)
  return `<section class="sessions"><h3 id="sessions-${anchor}">Sessions <b>${number(misuse.sessions.length + (misuse.omitted ?? 0))}</b></h3>
<p>${esc(words)}</p>
<div class="line-of-time" data-first="${Math.max(0, strange)}">
${drawing(one, misuse, shown, words)}</div>
<output class="told"></output>
${sessionTable(shown, leakOf(one))}${rest}</section>
`
}

function mostTelling(sessions: readonly Session[]): readonly Session[] {
  if (sessions.length <= mostSessions) return sessions
  const kept = new Set(sessions.toSorted((a, b) => b.p - a.p).slice(0, mostSessions))
  return sessions.filter(session => kept.has(session))
}

function summary({ sessions, before, leakedAt }: Misuse): string {
  const strange = sessions.filter(isStrange).length
  const own = sessions.length - strange
  const when = leakedAt === undefined ? '' : ' since the leak'
  const first =
    before === undefined
      ? ''
      : ` Before it ${count(before.sessions, 'session')} with ${count(before.events, 'event')}, ${moment(before.start)} to ${moment(before.end)}.`
  return `${number(strange)} strange, ${number(own)} like the owner’s${when}.${first}`
}

function drawing(one: Case, misuse: Misuse, shown: readonly Session[], words: string): string {
  const { before, sessions } = misuse
  const leak = leakOf(one)
  const times = [...sessions.flatMap(({ start, end }) => [start, end]), ...(before ? [before.start, before.end] : [])]
  const parsed = times.map(time => Date.parse(time)).filter(Number.isFinite)
  const [from, to] = [
    least(parsed, leak),
    -least(
      parsed.map(time => -time),
      leak === undefined ? undefined : -leak,
    ),
  ]
  const scale = timeScale(from, to, leak)
  const marks = shown
    .map((session, index) => ({ session, index, at: scale.at(Date.parse(session.start)) }))
    .filter(({ at }) => Number.isFinite(at))
  const above = stacked(marks.filter(({ session }) => isStrange(session)))
  const below = stacked(marks.filter(({ session }) => !isStrange(session)))
  const axis = 34 + highest(above) * level.step
  const height = axis + (before === undefined ? 34 : 48) + highest(below) * level.step
  const line = `<line class="axis" x1="0" x2="100%" y1="${axis}" y2="${axis}"/><text x="0" y="${axis - 7}">strange</text><text x="0" y="${axis + (before === undefined ? 28 : 44)}">own</text>\n`
  return `<svg width="100%" height="${height}" role="img" aria-label="${esc(words)}">
${leakLine(scale, leak, height)}${line}${ticks(scale, axis)}${beforeBar(misuse, scale, axis)}${[...above, ...below]
  .toSorted((a, b) => a.index - b.index)
  .map(mark => drawn(mark, axis))
  .join('')}</svg>
`
}

function least(times: readonly number[], leak: number | undefined): number {
  return times.reduce((found, time) => Math.min(found, time), leak ?? times[0] ?? 0)
}

function leakLine({ leak: at }: TimeScale, leak: number | undefined, height: number): string {
  if (at === undefined || leak === undefined) return ''
  const x = at.toFixed(1)
  const words = `leak ${moment(new Date(leak).toISOString())}`
  return `<line class="leak" x1="${x}%" x2="${x}%" y1="0" y2="${height}"/><text class="leak" x="${x}%" y="11" ${at > 60 ? 'dx="-6" text-anchor="end"' : 'dx="6"'}>${words}</text>\n`
}

function ticks({ ticks: all }: TimeScale, axis: number): string {
  return all
    .map(({ at, words }) => {
      const x = at.toFixed(1)
      return `<line class="axis" x1="${x}%" x2="${x}%" y1="${axis}" y2="${axis + 5}"/><text x="${x}%" y="${axis + 15}" text-anchor="middle">${words}</text>\n`
    })
    .join('')
}

function beforeBar({ before }: Misuse, scale: TimeScale, axis: number): string {
  if (before === undefined) return ''
  const [from, to] = [scale.at(Date.parse(before.start)), scale.at(Date.parse(before.end))]
  if (!Number.isFinite(from) || !Number.isFinite(to)) return ''
  const words = `${count(before.sessions, 'session')} before, ${moment(before.start)} to ${moment(before.end)}`
  return `<rect class="own" x="${from.toFixed(1)}%" y="${axis + 20}" width="${Math.max(0.6, to - from).toFixed(1)}%" height="9"><title>${esc(words)}</title></rect>\n`
}

/** A square above for a stranger (hollow where it only deserves a look), a circle below for the owner. */
function drawn({ session, index, at, height }: Mark, axis: number): string {
  const x = `${at.toFixed(1)}%`
  const words = `${moment(session.start)}, ${sessionNetwork(session)}, chance of misuse ${chanceWords(session.p)}`
  const title = `<title>${esc(words)}</title>`
  if (!isStrange(session))
    return `<g data-at="${index}"><circle class="own" cx="${x}" cy="${axis + 25 + height * level.step}" r="4.5"/>${title}</g>\n`
  const y = axis - 16 - height * level.step
  const kind = session.p >= 0.5 ? 'stranger' : 'doubtful'
  return `<g data-at="${index}"><rect class="${kind}" x="${x}" y="${y}" width="10" height="10" transform="translate(-5 0)"/>${title}</g>\n`
}

/** Marks too near for one line stand on each other. */
function stacked(marks: readonly Omit<Mark, 'height'>[]): readonly Mark[] {
  const last: number[] = []
  return marks
    .toSorted((a, b) => a.at - b.at)
    .map(mark => {
      const free = Array.from({ length: level.most }, (_, height) => height).find(
        height => mark.at - (last[height] ?? Number.NEGATIVE_INFINITY) >= level.near,
      )
      const height = free ?? mark.index % level.most
      last[height] = mark.at
      return { ...mark, height }
    })
}

function highest(marks: readonly Mark[]): number {
  return marks.reduce((most, { height }) => Math.max(most, height), 0)
}
