import type { Misuse, Session } from '../model/misuse.ts'
import type { Client, Decision, Priority } from '../model/priority.ts'
import type { Coverage } from '../model/usage.ts'
import { isMisused } from './exploitation.ts'
import type { Context } from './input.ts'

/** Use within so many days counts as a dependency. */
const recent = 7 * 86_400_000

/** The owner's own clients of the last seven days, each once with its last use, the latest first. */
export function ownClients(misuse: Misuse | undefined, { now, ownNetwork }: Context): readonly Client[] {
  const after = (misuse?.sessions ?? []).filter(({ p }) => p < 0.5).map(session => clientOf(session, ownNetwork))
  const before = misuse?.before
  const unnamed =
    before === undefined || before.clients !== undefined
      ? []
      : [{ client: 'clients from before the leak', network: 'not named', lastAt: before.end }]
  const latest = new Map<string, Client>()
  for (const one of [...(before?.clients ?? []), ...unnamed, ...after]) {
    if (Date.parse(one.lastAt) < now.getTime() - recent) continue
    const key = JSON.stringify([one.client, one.network])
    const known = latest.get(key)
    if (known === undefined || known.lastAt < one.lastAt) latest.set(key, one)
  }
  return [...latest.values()].toSorted((a, b) => (a.lastAt < b.lastAt ? 1 : -1))
}

function clientOf({ client, ip, end }: Session, ownNetwork: Context['ownNetwork']): Client {
  const network = ip === undefined ? undefined : (ownNetwork?.(ip) ?? ip)
  if (client === undefined && network === undefined)
    return { client: 'that its log does not name', network: 'one', lastAt: end }
  return { client: client ?? 'unknown client', network: network ?? 'unknown network', lastAt: end }
}

/**
 * How to take the key away. Somebody else uses it: now, whoever breaks. The owner uses it: a new key first.
 * Nobody does: revoke. Nobody can see who does: as if it were used, unless it must go at once.
 */
export function howToRevoke(
  decision: Decision,
  misuse: Misuse | undefined,
  clients: readonly Client[],
): Priority['how'] {
  if (decision === 'none' || decision === 'investigate') return 'none'
  if (isMisused(misuse)) return 'revoke_now'
  if (clients.length > 0 && misuse?.level !== 'no_log') return 'rotate_first'
  if (isSeen(misuse)) return 'revoke'
  return decision === 'act_now' ? 'revoke_now' : 'rotate_first'
}

/** Whether something shows who uses this key or its owner's keys: what a whole account did names no user. */
function isSeen(misuse: Misuse | undefined): boolean {
  if (misuse === undefined || misuse.level === 'no_log') return false
  const used = misuse.sessions.length > 0 || misuse.before !== undefined
  const read = (state: Coverage['state']): boolean => state === 'ok' || state === 'empty' || state === 'partial'
  return used || misuse.coverage.some(({ covers, state }) => covers !== 'account' && read(state))
}
