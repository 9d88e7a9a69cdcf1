import type { Send } from '../model/request.ts'
import { createEngine, type EngineOptions } from './engine.ts'
import { guardedConnector } from './guard.ts'
import { type Pace, spaced } from './pace.ts'
import { dispatcherFor, type Transport, type TransportOptions, transportOver, trusting } from './transport.ts'

/** The network of one run: everything that it sends goes through here. */
export interface Network {
  readonly send: Send
  close(): Promise<void>
}

export function openNetwork({
  transport: wanted,
  pace = spaced(),
  ...rest
}: Omit<EngineOptions, 'transport' | 'pace'> & {
  readonly transport: TransportOptions
  readonly pace?: Pace
}): Network {
  const dispatcher = dispatcherFor(wanted)
  return {
    send: createEngine({ ...rest, transport: speaking(transportOver(dispatcher, wanted.allowed), wanted), pace }),
    close: () => dispatcher.destroy(),
  }
}

/** A sign-in at a database and a mail go by protocols of their own, over sockets of the same guard. */
function speaking(transport: Transport, wanted: TransportOptions): Transport {
  let means: { readonly connect: ReturnType<typeof guardedConnector>; readonly trust: ReturnType<typeof trusting> }
  return async (wire, ending) => {
    if (wire.login === undefined && wire.mail === undefined) return transport(wire, ending)
    means ??= { connect: guardedConnector(wanted), trust: trusting(wanted.ca) }
    if (wire.login === undefined) return (await import('./protocols/smtp.ts')).sendMail(wire, { ...means, ending })
    return (await import('./protocols/sign-in.ts')).signIn(wire, wire.login, { ...means, ending })
  }
}
