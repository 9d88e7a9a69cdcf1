/** The time of an attempt is over. */
class TimedOut extends Error {
  override readonly name = 'TimeoutError'
}

type Listener = (reason: unknown) => void

/** What ends one attempt: an AbortSignal for each, derived from the run's, would cost half as much as the request itself. */
export class Ending {
  readonly #listeners: Listener[] = []
  #ended: { readonly reason: unknown } | undefined

  end(reason: unknown): void {
    if (this.#ended !== undefined) return
    this.#ended = { reason }
    for (const listener of this.#listeners) listener(reason)
  }

  /** Calls when it ends; at once if it has ended already. */
  on(listener: Listener): void {
    if (this.#ended === undefined) this.#listeners.push(listener)
    else listener(this.#ended.reason)
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
      ending.on(reason => {
        over()
        reject(reason)
      })
      task(ending).finally(over).then(resolve, reject)
    })
  }
}
