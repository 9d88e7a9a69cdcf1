import type { Signal } from '../model/misuse.ts'
import type { Activity } from './activity.ts'
import { network as numbers } from './constants.ts'
import { type Case, clip, counted, share, signal, trust } from './evidence.ts'
import type { History, Seen } from './history.ts'

interface Level {
  readonly value: string | undefined
  readonly seen: Seen
  readonly chances: { readonly attacker: number; readonly smooth: number }
  readonly shown: string
}

/** Whether the address is new to the key, at the coarsest level that is: country, network, neighbourhood, address. */
export function network({ session, history }: Case): Signal | undefined {
  const levels = levelsOf(session, history).filter(({ value, seen }) => value !== undefined && seen.sessions > 0)
  if (levels.length === 0) return undefined
  const fresh = levels.find(({ value, seen }) => value !== undefined && !seen.has(value))
  if (fresh === undefined) {
    const m = trust(history.sessions)
    return signal(
      'network',
      numbers.known * m,
      [],
      `${placeOf(session)} is known from ${counted(history.sessions, 'earlier session')}`,
    )
  }
  const { sessions, once } = fresh.seen
  const owner = (once + fresh.chances.smooth) / (sessions + 1)
  const llr = clip(trust(sessions) * Math.log(fresh.chances.attacker / owner), numbers.known, numbers.cap)
  const says = `first use from ${fresh.shown} after ${counted(sessions, 'earlier session')}; ${owner >= 0.5 ? 'too few, or too varied, to say that it is odd' : `the chance of a new one for this key is ${share(owner)}`}`
  return signal('network', llr, ['T1078.004'], says)
}

/** Whether any level of the address is new to a key that has history: what change point and context build on. */
export function isNewNetwork(session: Activity, history: History): boolean {
  return levelsOf(session, history).some(
    ({ value, seen }) => value !== undefined && seen.sessions > 0 && !seen.has(value),
  )
}

/** `AS14618 Amazon (US), 198.51.100.7`: an address as sentences name it. */
export function placeOf({ ip, asn, country, address }: Activity): string {
  const where = asn === undefined ? undefined : `AS${asn}${address.network === undefined ? '' : ` ${address.network}`}`
  const land = country === undefined ? '' : ` (${country})`
  if (where === undefined) return `${ip ?? 'an unknown address'}${land}`
  return `${where}${land}${ip === undefined ? '' : `, ${ip}`}`
}

function levelsOf(session: Activity, history: History): readonly Level[] {
  const { ip, asn, country, block } = session
  const place = placeOf(session)
  return [
    { value: country, seen: history.countries, chances: numbers.country, shown: `a new country: ${place}` },
    { value: asn?.toString(), seen: history.networks, chances: numbers.asn, shown: place },
    { value: block, seen: history.blocks, chances: numbers.block, shown: `${block ?? ''} (${place})` },
    { value: ip, seen: history.addresses, chances: numbers.address, shown: place },
  ]
}
