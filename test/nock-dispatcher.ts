import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { DecoratorHandler, Dispatcher } from 'undici'

/**
 * Lets undici's requests go through node:http(s), where nock can answer them. Test only: nock 14 does not see undici.
 * Speaks the part of the dispatcher's contract that `request` uses.
 */
export class NockDispatcher extends Dispatcher {
  override dispatch(options: Dispatcher.DispatchOptions, given: Dispatcher.DispatchHandler): boolean {
    const handler: Dispatcher.DispatchHandler = given.onRequestStart === undefined ? new DecoratorHandler(given) : given
    const url = new URL(options.path, String(options.origin))
    let response: IncomingMessage | undefined
    let over = false
    const fail = (error: Error): void => {
      if (over) return
      over = true
      handler.onResponseError?.(controller, error)
    }
    const controller: Dispatcher.DispatchController = {
      aborted: false,
      paused: false,
      reason: null,
      rawHeaders: null,
      rawTrailers: null,
      abort: reason => {
        outgoing.destroy(reason)
        fail(reason)
      },
      pause: () => response?.pause(),
      resume: () => response?.resume(),
    }
    const outgoing = (url.protocol === 'https:' ? https : http).request(url, {
      method: options.method,
      headers: headersOf(options.headers),
      agent: false,
    })
    outgoing.on('error', fail)
    outgoing.on('response', incoming => {
      response = incoming
      handler.onResponseStart?.(controller, incoming.statusCode ?? 0, incoming.headers, incoming.statusMessage ?? '')
      incoming.on('data', (chunk: Buffer) => handler.onResponseData?.(controller, chunk))
      incoming.on('error', fail)
      incoming.on('end', () => {
        if (over) return
        over = true
        handler.onResponseEnd?.(controller, {})
      })
    })
    handler.onRequestStart?.(controller, {})
    outgoing.end(typeof options.body === 'string' ? options.body : undefined)
    return true
  }
}

function headersOf(headers: Dispatcher.DispatchOptions['headers']): Record<string, string> {
  const entries = Object.entries(headers ?? {})
  return Object.fromEntries(entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
}
