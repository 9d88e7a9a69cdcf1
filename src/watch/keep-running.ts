import { Cron } from 'croner'

/** How a daemon goes on. Times in milliseconds since 1970. */
export interface Rhythm {
  /** When to run, as cron writes it; whenever a key is due if absent. */
  readonly cron?: string | undefined
  /** The zone of `cron`, as IANA names it. */
  readonly zone?: string | undefined
  /** Each run begins so much later at most, so that many machines do not ask at once. */
  readonly jitter: number
  readonly now: () => number
  readonly random: () => number
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
  readonly signal: AbortSignal
  /** When something is due next; undefined where nothing is watched. */
  readonly nextDue: () => number | undefined
  /** The first one may reject, which ends it all: it is wrong use. */
  readonly run: () => Promise<void>
  /** A later run that failed: the next one tries again. */
  readonly failed: (error: unknown) => void
  /** When the run before this process was; a time of `cron` since then was missed, and is made up for once. */
  readonly lastRun?: number | undefined
}

/** The pause between two runs without `cron`, in milliseconds. */
const shortest = 10_000
/** How long it sleeps at most before it looks whether something was added. */
const longest = 60_000

/** Runs until `signal` aborts: a run under way comes to its end in order. */
export async function keepRunning(rhythm: Rhythm): Promise<void> {
  const { now, signal, sleep, run, jitter, random, nextDue } = rhythm
  const stopped = (): boolean => signal.aborted
  let last = rhythm.lastRun ?? now()
  let first = true
  while (!stopped()) {
    // A clock that was set back has it wait no longer than this.
    last = Math.min(last, now() + longest)
    const at =
      rhythm.cron === undefined ? Math.max(nextDue() ?? Infinity, last) : nextTime(rhythm.cron, rhythm.zone, last)
    const wait = at - now()
    if (wait > 0) {
      await sleep(Math.min(wait, longest), signal).catch(() => undefined)
      continue
    }
    if (jitter > 0) await sleep(random() * jitter, signal).catch(() => undefined)
    if (stopped()) return
    const begun = now()
    let pause = shortest
    await run().catch((error: unknown) => {
      if (first) throw error
      pause = longest
      rhythm.failed(error)
    })
    first = false
    // However many times were missed while it slept or ran, they are made up for once.
    last = rhythm.cron === undefined ? now() + pause : begun
  }
}

/** The first time of a cron expression after another; Infinity where there is none. Throws where it is no expression. */
export function nextTime(cron: string, zone: string | undefined, after: number): number {
  const job = new Cron(cron, { paused: true, ...(zone !== undefined && { timezone: zone }) })
  return job.nextRun(new Date(after))?.getTime() ?? Infinity
}
