import type { Misuse, Signal } from '../../src/model/misuse.ts'
import type { UsageEvent, Verb } from '../../src/model/usage.ts'
import { assess } from '../../src/signals/assess.ts'
import type { Setting } from '../../src/signals/setting.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
/** A Monday, nine in the morning, UTC. */
export const monday = Date.UTC(2026, 8, 7, 9)

let made = 0

/** An event of a made-up trace: a successful AWS read unless told otherwise. */
export function event(at: number, action: string, more: Partial<UsageEvent> = {}): UsageEvent {
  made += 1
  const [service, name] = action.includes(':') ? action.split(':') : [undefined, action]
  const verb: Verb = /^(?:Get|List|Describe|Head)/.test(name ?? '') ? 'read' : 'write'
  return {
    id: `e${made}`,
    at,
    source: 'cloudtrail',
    kind: 'event',
    credential: { uid: 'key-one', match: 'exact' },
    ip: '198.51.100.7',
    userAgent: 'Boto3/1.34.0 Python/3.12 Linux/6.1 Botocore/1.34.0',
    action: name ?? action,
    ...(service !== undefined && { service }),
    verb,
    outcome: 'success',
    account: '111122223333',
    ...more,
  }
}

/** The same few calls each day for so many days, an hour after another from nine o'clock. */
export function routine(days: number, actions: readonly string[], more: Partial<UsageEvent> = {}): UsageEvent[] {
  return Array.from({ length: days }, (_, index) =>
    actions.map((action, step) => event(monday + index * day + step * minute, action, more)),
  ).flat()
}

/** Several calls, a second after another. */
export function burst(at: number, actions: readonly string[], more: Partial<UsageEvent> = {}): UsageEvent[] {
  return actions.map((action, step) => event(at + step * 1000, action, more))
}

export const leakedAt = monday + 10 * day
export const internal: Setting = { exposure: 'internal', leakedAt }
export const daily = ['s3:ListBuckets']

/** A family's number for the last session, after ten days of one call a day from one place, at nine. */
export function llrOf(family: string, events: readonly UsageEvent[], setting: Setting = internal): number | undefined {
  return signalOf(family, assess([...routine(10, daily), ...events], setting))?.llr
}

export function signalOf(family: string, { sessions }: Misuse): Signal | undefined {
  return sessions.at(-1)?.signals.find(signal => signal.family === family)
}
