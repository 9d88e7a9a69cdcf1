import { EventEmitter } from 'node:events'

/** The time of an attempt is over. */
class TimedOut extends Error {
  override readonly name = 'TimeoutError'
}

/**
 * What ends one attempt. undici takes an emitter of `abort` for its signal as well as an AbortSignal; one of those for
 * each request, derived from the run's, would cost half as much as the request itself.
 */
export class Ending extends EventEmitter {
  aborted = false
  reason: unknown

  end(reason: unknown): void {
    if (this.aborted) return
    this.aborted = true
    this.reason = reason
    this.emit('abort')
  }
}

/** Attempts that are under way, so that all of them can be ended together. */
export class UnderWay {
  readonly #endings = new Set<Ending>()
  #ended: { readonly reason: unknown } | undefined

  /** Ends what is under way, and what comes after it before it begins. */
  endAll(reason: unknown): void {
    this.#ended = { reason }
    for (const ending of this.#endings) ending.end(reason)
  }

  /** Runs a task that is over after so many milliseconds, whether it listens to its ending or not. */
  within<T>(milliseconds: number, task: (ending: Ending) => Promise<T>): Promise<T> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended.reason)
    return new Promise((resolve, reject) => {
      const ending = new Ending()
      const timer = setTimeout(() => ending.end(new TimedOut(`over after ${milliseconds} ms`)), milliseconds)
      const over = (): void => {
        clearTimeout(timer)
        this.#endings.delete(ending)
      }
      this.#endings.add(ending)
      ending.once('abort', () => {
        over()
        reject(ending.reason)
      })
      task(ending).finally(over).then(resolve, reject)
    })
  }
}
