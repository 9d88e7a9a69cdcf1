import { network, rate } from '../../src/signals/constants.ts'
import { logit } from '../../src/signals/score.ts'
import { type Labelled, labelled, type Series, series } from './samples.ts'
import { share } from './share.ts'
import { type Judged, keysWithoutHistory, rates, takeover } from './tracks.ts'

/** The two constants that were chosen on a set, chosen anew without each of its parts and measured on that part. */
export function leaveOneOut(folder: string): readonly string[] {
  const lines: string[] = []
  const hourly = series(folder)
  if (hourly !== undefined) lines.push(`C leave one series out: days with a false alarm ${tailLeftOut(hourly)}`)
  const logins = labelled(folder, 'elastic-sshauth')
  if (logins !== undefined) lines.push(`B leave one credential out: ${smoothLeftOut(logins)}`)
  return lines
}

const tails = [2e-3, 1e-3, 5e-4, 3e-4, 2e-4, 1e-4]

/** By one standard error, as Breiman's rule has it: what just fits is chosen by luck. */
function isUnder(most: number, { falseDays, days }: { readonly falseDays: number; readonly days: number }): boolean {
  const q = falseDays / days
  return q + Math.sqrt((q * (1 - q)) / days) <= most
}

function tailLeftOut(all: readonly Series[]): string {
  let days = 0
  let falseDays = 0
  let windows = 0
  let hit = 0
  for (const left of all) {
    const others = all.filter(one => one !== left)
    const tail =
      tails.find(one =>
        isUnder(
          0.02,
          withTail(one, () => rates(others)),
        ),
      ) ??
      tails.at(-1) ??
      0
    const found = withTail(tail, () => rates([left]))
    days += found.days
    falseDays += found.falseDays
    windows += found.windows
    hit += found.hit
  }
  return `${share(falseDays, days)}; windows hit ${share(hit, windows)}`
}

function smoothLeftOut(set: readonly Labelled[]): string {
  const judged = new Map([0.5, 1].map(smooth => [smooth, withSmooth(smooth, () => takeover(set, -0.5, 'nothing'))]))
  const keys = [...new Set((judged.get(1) ?? []).map(({ name }) => name))]
  const left = keys.flatMap(key => {
    const fits = (smooth: number): boolean => {
      const own = (judged.get(smooth) ?? []).filter(one => one.name !== key && !one.hostile)
      return own.filter(({ p }) => p >= 0.5).length <= 0.02 * own.length
    }
    return (judged.get([0.5, 1].find(fits) ?? 1) ?? []).filter(({ name }) => name === key)
  })
  const flagged = (all: readonly Judged[]): string => share(all.filter(({ p }) => p >= 0.5).length, all.length)
  return `attack ${flagged(left.filter(one => one.hostile))} benign ${flagged(left.filter(one => !one.hostile))}`
}

/** Whether p means what it says: sigmoid(a z + b) fitted without each set, and measured on that set (Platt 1999). */
export function calibration(folder: string): readonly string[] {
  const sets = new Map<string, readonly Judged[]>()
  for (const name of ['invictus-aws', 'stratus-detonations', 'otrf-cloudbreach']) {
    const set = labelled(folder, name)
    if (set !== undefined) sets.set(name, keysWithoutHistory(set, -2, 'nothing'))
  }
  const logins = labelled(folder, 'elastic-sshauth')
  if (logins !== undefined) sets.set('elastic-sshauth', takeover(logins, -0.5, 'nothing'))
  const lines = [...sets].map(([name, left]) => {
    const others = [...sets].filter(([other]) => other !== name).flatMap(([, judged]) => judged)
    const { a, b } = platt(others)
    const fitted = left.map(one => ({ ...one, p: sigmoid(a * logit(one.p) + b) }))
    return `calibration without ${name}: a ${a.toFixed(2)} b ${b.toFixed(2)}, Brier on it ${brier(left).toFixed(3)} as it is, ${brier(fitted).toFixed(3)} fitted`
  })
  const all = [...sets.values()].flat()
  const bins = [0, 0.2, 0.4, 0.6, 0.8].map(from => {
    const inside = all.filter(({ p }) => p >= from && (p < from + 0.2 || from === 0.8))
    const mean = inside.reduce((sum, { p }) => sum + p, 0) / Math.max(1, inside.length)
    return `p ${mean.toFixed(2)}: ${share(inside.filter(one => one.hostile).length, inside.length)}`
  })
  return [...lines, ...bins.map(bin => `reliability, hostile of those with ${bin}`)]
}

function platt(judged: readonly Judged[]): { readonly a: number; readonly b: number } {
  let a = 1
  let b = 0
  for (let step = 0; step < 4000; step++) {
    let da = 0
    let db = 0
    for (const { p, hostile } of judged) {
      const z = Math.max(-10, Math.min(10, logit(p)))
      const error = sigmoid(a * z + b) - (hostile ? 1 : 0)
      da += error * z
      db += error
    }
    a -= (0.05 * da) / judged.length
    b -= (0.05 * db) / judged.length
  }
  return { a, b }
}

function brier(judged: readonly Judged[]): number {
  return judged.reduce((sum, { p, hostile }) => sum + (p - (hostile ? 1 : 0)) ** 2, 0) / Math.max(1, judged.length)
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z))
}

function withTail<T>(tail: number, measure: () => T): T {
  const kept = { tail: rate.tail }
  Object.assign(rate, { tail })
  try {
    return measure()
  } finally {
    Object.assign(rate, kept)
  }
}

function withSmooth<T>(smooth: number, measure: () => T): T {
  const levels = [network.block, network.address]
  const kept = levels.map(level => ({ smooth: level.smooth }))
  for (const level of levels) Object.assign(level, { smooth })
  try {
    return measure()
  } finally {
    for (const [index, level] of levels.entries()) Object.assign(level, kept[index])
  }
}
