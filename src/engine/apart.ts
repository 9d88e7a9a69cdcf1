import type { SafeRequest } from '../model/request.ts'
import type { Secret } from '../model/secret.ts'

/** Who asks about one part: the end of the last errand, in milliseconds, once it has ended. */
type Queue = Promise<number>

/**
 * Keeps errands apart that share a part, as the provider's file asks: each starts so long after the one before has
 * ended. No place at the host is held meanwhile.
 */
export class Apart {
  readonly #queues = new Map<string, Map<string | Secret, Queue>>()
  readonly #now: () => number
  readonly #wait: (milliseconds: number, signal: AbortSignal) => Promise<void>

  constructor(now: () => number, wait: (milliseconds: number, signal: AbortSignal) => Promise<void>) {
    this.#now = now
    this.#wait = wait
  }

  after<Done>(request: SafeRequest, signal: AbortSignal, errand: () => Promise<Done>): Promise<Done> {
    const { apart } = request.limit
    const part = apart === undefined ? undefined : request.parts[apart.part]
    if (apart === undefined || part === undefined) return errand()
    const queues = this.#queues.get(request.origin) ?? new Map<string | Secret, Queue>()
    this.#queues.set(request.origin, queues)
    const key = part.public ? part.text : part.secret
    const before = queues.get(key)
    const turn = this.#turn(before, apart.seconds * 1000, signal, errand)
    queues.set(
      key,
      turn.then(
        () => this.#now(),
        () => this.#now(),
      ),
    )
    return turn
  }

  async #turn<Done>(
    before: Queue | undefined,
    milliseconds: number,
    signal: AbortSignal,
    errand: () => Promise<Done>,
  ): Promise<Done> {
    const left = before === undefined ? 0 : (await before) + milliseconds - this.#now()
    if (left > 0 && !signal.aborted) await this.#wait(left, signal)
    return errand()
  }
}
