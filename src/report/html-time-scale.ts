import { day } from './words.ts'

/** Where a time lies on a line, in percent of its width. */
export interface TimeScale {
  readonly at: (time: number) => number
  /** Undefined where nobody knows when others could have had the key. */
  readonly leak: number | undefined
  readonly ticks: readonly { readonly at: number; readonly words: string }[]
}

const minute = 60_000
const steps: readonly (readonly [number, string])[] = [
  [minute, '1 min'],
  [10 * minute, '10 min'],
  [60 * minute, '1 h'],
  [360 * minute, '6 h'],
  [1440 * minute, '1 day'],
  [10_080 * minute, '1 week'],
  [43_200 * minute, '30 days'],
  [525_600 * minute, '1 year'],
]

/** Percent: between two ticks, and kept free at the left for the words. */
const [nearest, margin] = [13, 14]

/**
 * Times on one line. Around a leak it is logarithmic, as the first minutes matter as much as the weeks after; without
 * one it is even.
 */
export function timeScale(from: number, to: number, leak: number | undefined): TimeScale {
  if (leak === undefined) return evenScale(from, to)
  const before = spread(leak - from)
  const after = spread(to - leak)
  const zero = before === 0 ? margin : after === 0 ? 90 : 26
  function at(time: number): number {
    if (time < leakAt) return zero - (before === 0 ? 0 : (spread(leakAt - time) / before) * (zero - 3))
    return zero + (after === 0 ? 0 : (spread(time - leakAt) / after) * (97 - zero))
  }
  const leakAt = leak
  const later = steps.filter(([step]) => step < to - leak).map(([step, words]) => tick(at(leak + step), `+${words}`))
  const earlier = steps
    .filter(([step]) => step < leak - from)
    .map(([step, words]) => tick(at(leak - step), `−${words}`))
  return {
    at,
    leak: zero,
    ticks: [...spaced(earlier.toReversed(), -9).filter(one => one.at < zero - 9), ...spaced(later, zero)],
  }
}

function evenScale(from: number, to: number): TimeScale {
  const length = Math.max(1, to - from)
  function at(time: number): number {
    return margin + ((time - from) / length) * (97 - margin)
  }
  const ticks = [0, 0.25, 0.5, 0.75].map(share =>
    tick(margin + share * (97 - margin), day(new Date(from + share * length).toISOString())),
  )
  return { at, leak: undefined, ticks: ticks.filter(({ words }, index) => words !== ticks[index - 1]?.words) }
}

function spread(length: number): number {
  return Math.log1p(Math.max(0, length) / minute)
}

function tick(at: number, words: string): TimeScale['ticks'][number] {
  return { at, words }
}

/** Those that do not run into the one before them. */
function spaced(ticks: TimeScale['ticks'], from: number): TimeScale['ticks'] {
  const kept: TimeScale['ticks'][number][] = []
  let last = from
  for (const one of ticks) {
    if (one.at - last < nearest) continue
    kept.push(one)
    last = one.at
  }
  return kept
}
