import type { Send } from '../model/request.ts'
import { createEngine, type EngineOptions } from './engine.ts'
import { type Pace, spaced } from './pace.ts'
import { dispatcherFor, type TransportOptions, transportOver } from './transport.ts'

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
    send: createEngine({ ...rest, transport: transportOver(dispatcher, wanted.allowed), pace }),
    close: () => dispatcher.destroy(),
  }
}
