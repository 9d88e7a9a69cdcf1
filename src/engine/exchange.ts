import { type Dispatcher, errors } from 'undici'
import { longestBody } from './body.ts'
import type { Ending } from './ending.ts'

/** An answer as it came. Without `bytes`, there were more of them than are read. Names of headers are lower case. */
interface Received {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer | undefined
}

/**
 * Sends one request and collects its answer. By the dispatcher's own callbacks, as the stream that `undici.request` makes
 * of every body costs as much as everything that is done with the answer. Rejects with the network's error, or with the
 * reason of the ending.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  ending: Ending,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const collector = new Collector(resolve, reject)
    ending.on(reason => collector.stop(reason))
    dispatcher.dispatch(request, collector)
  })
}

class Collector implements Dispatcher.DispatchHandler {
  readonly #resolve: (received: Received) => void
  readonly #reject: (error: unknown) => void
  readonly #chunks: Buffer[] = []
  #controller: Dispatcher.DispatchController | undefined
  #stopped: { readonly error: Error } | undefined
  #status = 0
  #headers: Received['headers'] = {}
  #length = 0

  constructor(resolve: (received: Received) => void, reject: (error: unknown) => void) {
    this.#resolve = resolve
    this.#reject = reject
  }

  /** Ends it wherever it stands: before the request left, it never leaves; later, the connection is closed. */
  stop(reason: unknown): void {
    const error = reason instanceof Error ? reason : new errors.RequestAbortedError()
    this.#stopped = { error }
    this.#reject(reason)
    this.#controller?.abort(error)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#stopped !== undefined) controller.abort(this.#stopped.error)
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Headers): void {
    this.#status = status
    this.#headers = flat(headers)
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#length += chunk.length
    if (this.#length <= longestBody) return void this.#chunks.push(chunk)
    this.#done(undefined)
    controller.abort(new errors.ResponseExceededMaxSizeError())
  }

  onResponseEnd(): void {
    const [only, ...more] = this.#chunks
    this.#done(only !== undefined && more.length === 0 ? only : Buffer.concat(this.#chunks))
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error)
  }

  #done(bytes: Buffer | undefined): void {
    this.#resolve({ status: this.#status, headers: this.#headers, bytes })
  }
}

type Headers = Readonly<Record<string, string | string[] | undefined>>

function flat(headers: Headers): Received['headers'] {
  const result: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) result[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return result
}
