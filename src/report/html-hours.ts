import type { Misuse } from '../model/misuse.ts'
import { esc } from './html-text.ts'
import { isStrange } from './urgency-words.ts'
import { hourWords, isZone, weekdays, weekHours } from './week-hours.ts'
import { count } from './words.ts'

const cell = 15
const left = 8
const wide = (100 - left) / 24

/** Seven days by 24 hours: shades for the owner's use, squares for strange use, and the same in words. */
export function hours(misuse: Misuse | undefined): string {
  if (misuse === undefined || misuse.sessions.length === 0) return ''
  const { sessions, before } = misuse
  const earlier = before?.hours ?? []
  const zone = misuse.zone !== undefined && isZone(misuse.zone) ? misuse.zone : 'UTC'
  const strange = weekHours(sessions.filter(isStrange), zone)
  const own = weekHours(
    sessions.filter(session => !isStrange(session)),
    zone,
  ).map((amount, index) => amount + (earlier[index] ?? 0))
  const said = [
    said1('Strange use', strange),
    said1('Like the owner’s', own),
    before === undefined || before.hours !== undefined
      ? ''
      : `The ${count(before.sessions, 'session')} before the leak ${before.sessions === 1 ? 'is' : 'are'} known in sum only and not among these.`,
  ].filter(text => text !== '')
  return `<section class="hours"><h3>Hours of the week <b>${esc(zone)}</b></h3>
<svg width="100%" height="${cell * 8 + 4}" role="img" aria-label="${esc(said.join(' '))}">
${grid()}${own.map((amount, index) => ownCell(amount, index, Math.max(...own))).join('')}${strange.map(strangeCell).join('')}</svg>
<p class="small">${esc(said.join(' '))}</p></section>
`
}

function said1(what: string, counts: readonly number[]): string {
  const words = hourWords(counts)
  return words === '' ? '' : `${what}: ${words}.`
}

function grid(): string {
  const days = weekdays.map(
    (name, day) =>
      `<text x="0" y="${day * cell + 12}">${name}</text><rect class="night" x="${left}%" y="${day * cell + 1}" width="${100 - left}%" height="${cell - 2}"/>`,
  )
  const clocks = [0, 6, 12, 18].map(
    at => `<text x="${(left + at * wide).toFixed(2)}%" y="${cell * 8}">${String(at).padStart(2, '0')}</text>`,
  )
  return `${[...days, ...clocks].join('')}\n`
}

function ownCell(amount: number, index: number, most: number): string {
  if (amount === 0) return ''
  const shade = Math.ceil((amount / most) * 3)
  return `<rect class="own shade-${shade}" ${place(index)}/>`
}

function strangeCell(amount: number, index: number): string {
  if (amount === 0) return ''
  return `<rect class="stranger" ${place(index)}/><text class="sign" x="${(left + ((index % 24) + 0.5) * wide).toFixed(2)}%" y="${Math.floor(index / 24) * cell + 11.5}" text-anchor="middle">!</text>`
}

function place(index: number): string {
  const x = (left + (index % 24) * wide).toFixed(2)
  return `x="${x}%" y="${Math.floor(index / 24) * cell + 1}" width="${(wide - 0.4).toFixed(2)}%" height="${cell - 2}"`
}
