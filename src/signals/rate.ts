import type { Signal } from '../model/misuse.ts'
import { rate as numbers } from './constants.ts'
import { type Case, clip, seldom, signal } from './evidence.ts'
import { type History, type Measure, measures } from './history.ts'
import { negativeBinomialTail } from './tails.ts'

/** What an hour usually holds. */
export interface Usual {
  readonly mean: number
  readonly variance: number
}

/** How surprising an hour is: the log ratio, and the chance of such an hour; undefined where it is not. */
export function surprise(
  amount: number,
  { mean, variance }: Usual,
): { readonly llr: number; readonly tail: number } | undefined {
  if (amount < numbers.least || amount < numbers.times * mean) return undefined
  const size =
    variance <= mean ? numbers.size.most : clip(mean ** 2 / (variance - mean), numbers.size.least, numbers.size.most)
  const tail = negativeBinomialTail(amount, mean, size)
  if (tail >= numbers.tail) return undefined
  const llr = numbers.scale * (-Math.log10(Math.max(tail, 1e-300)) - numbers.off)
  return { llr: clip(llr, 0, numbers.cap), tail }
}

/** Calls, bytes or cost of an hour, against the hours of the last 28 days, empty ones too. */
export function rate({ session, history }: Case): Signal | undefined {
  let best: Signal | undefined
  for (const measure of measures)
    for (const [index, sums] of session.hours) {
      if (sums[measure] < (measure === 'calls' ? numbers.least : Number.MIN_VALUE)) continue
      const usual = usualAt(history, index, measure)
      if (usual === undefined) continue
      // Bytes and money have no natural unit: an ordinary hour is taken as ten of them.
      const unit = measure === 'calls' ? 1 : Math.max(usual.busy, Number.MIN_VALUE) / 10
      const scaled = { mean: usual.mean / unit, variance: usual.variance / unit ** 2 }
      const found = surprise(sums[measure] / unit, scaled)
      if (found === undefined || (best !== undefined && found.llr <= best.llr)) continue
      const says = `${shown(sums[measure])} ${measure === 'cost' ? 'units of cost' : measure} in one hour; usual ${often(usual.mean)}; by its own history, such an hour comes ${seldom(found.tail)}`
      best = signal('rate', found.llr, measure === 'calls' ? ['T1530'] : ['T1496', 'T1530'], says)
    }
  return best
}

function usualAt({ hourly, first }: History, index: number, measure: Measure): (Usual & { busy: number }) | undefined {
  if (first === undefined) return undefined
  const from = Math.max(index - numbers.window, Math.floor(first / 3_600_000))
  const span = index - from
  if (span < numbers.fewest) return undefined
  let sum = 0
  let squares = 0
  let busy = 0
  for (const [at, sums] of hourly) {
    if (at < from || at >= index || sums[measure] === 0) continue
    busy += 1
    sum += sums[measure]
    squares += sums[measure] ** 2
  }
  if (busy === 0) return undefined
  const mean = sum / span
  return { mean, variance: Math.max(0, squares / span - mean ** 2), busy: sum / busy }
}

/** A mean of an hour, by the hour, the day or the week. */
function often(mean: number): string {
  if (mean >= 1) return `${shown(mean)} an hour`
  return mean * 24 >= 1 ? `${shown(mean * 24)} a day` : `${shown(mean * 168)} a week`
}

function shown(amount: number): string {
  return amount >= 100 ? Math.round(amount).toLocaleString('en') : String(Number(amount.toPrecision(2)))
}
