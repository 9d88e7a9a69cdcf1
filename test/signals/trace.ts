import type { UsageEvent, Verb } from '../../src/model/usage.ts'

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
