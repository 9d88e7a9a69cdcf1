import type { UsageEvent } from '../model/usage.ts'
import type { LogEvent } from './finish.ts'
import type { LogFormat } from './format.ts'
import { logFormats } from './formats.ts'
import type { Handful } from './read.ts'

/** Events of one credential that were kept, as a log would give them; whose they are was found out when they were read. */
export function* remembered(
  credential: string,
  events: Iterable<UsageEvent>,
  own: readonly LogFormat[],
): Generator<Handful> {
  const known = new Map([...logFormats, ...own].map(format => [format.id, format]))
  for (const { credential: join, ours: _, ...event } of events) {
    // What a provider was asked for may have no files.
    const format = known.get(event.source) ?? { id: event.source, name: event.source, coverage: {} }
    known.set(format.id, format)
    const kept: LogEvent = { ...event, keys: [], principals: [], nth: 0, whose: [{ credential, ...join }] }
    yield { format, events: [kept] }
  }
}
