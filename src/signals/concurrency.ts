import type { Signal } from '../model/misuse.ts'
import { together as numbers } from './constants.ts'
import { type Case, clip, lasting, signal } from './evidence.ts'
import { isNewNetwork } from './network.ts'
import { type Span, spanOf } from './surroundings.ts'

/** Countries of the Americas and of Oceania; all others are of the old world. ISO 3166-1 alpha-2, by UN region (https://unstats.un.org/unsd/methodology/m49/). */
const americas = set(
  'AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GP GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI',
)
const oceania = set('AS AU CC CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PN PW SB TK TO TV VU WF WS')

/** Countries with neighbours across the line: from them, an ocean is no obstacle. */
const between = set('GL ID IS PG RU TL')

/** Two users of one key at one time: from a network new to it, with another client, or across an ocean too fast. */
export function concurrency({ session, history, around }: Case): Signal | undefined {
  if (!isNewNetwork(session, history)) return undefined
  const own = spanOf(session)
  const near = around.near(own)
  const beside = near.find(other => isBeside(own, other))
  const across = near.find(other => isAcross(own, other))
  if (beside === undefined && across === undefined) return undefined
  const llr = clip(
    (beside === undefined ? 0 : numbers.llr) + (across === undefined ? 0 : numbers.travel),
    0,
    numbers.cap,
  )
  const parts = [
    ...(beside === undefined
      ? []
      : [
          `used within ${lasting(numbers.within)} by ${beside.client ?? 'another client'} from ${beside.network ?? 'elsewhere'} too`,
        ]),
    ...(across === undefined
      ? []
      : [
          `used ${lasting(distance(own, across))} apart from ${across.country ?? ''} and ${own.country ?? ''}, an ocean between`,
        ]),
  ]
  return signal('concurrency', llr, across === undefined ? ['T1550'] : ['T1550', 'T1078'], parts.join('; '))
}

function isBeside(own: Span, other: Span): boolean {
  return (
    own.network !== undefined &&
    other.network !== undefined &&
    own.network !== other.network &&
    own.network.startsWith('AS') === other.network.startsWith('AS') &&
    own.client !== undefined &&
    other.client !== undefined &&
    own.client !== other.client &&
    distance(own, other) <= numbers.within
  )
}

function isAcross(own: Span, other: Span): boolean {
  if (own.country === undefined || other.country === undefined || own.elsewhere || other.elsewhere) return false
  return (
    own.succeeded &&
    other.succeeded &&
    !between.has(own.country) &&
    !between.has(other.country) &&
    shore(own.country) !== shore(other.country) &&
    distance(own, other) <= numbers.ocean
  )
}

function distance(a: Span, b: Span): number {
  return Math.max(0, a.start - b.last, b.start - a.last)
}

function shore(country: string): string {
  if (americas.has(country)) return 'americas'
  return oceania.has(country) ? 'oceania' : 'old world'
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}
