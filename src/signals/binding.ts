import type { Signal } from '../model/misuse.ts'
import { isPrivate } from './address-block.ts'
import { binding as numbers } from './constants.ts'
import { type Case, signal } from './evidence.ts'
import { placeOf } from './network.ts'

/** The temporary key of a machine: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html (role sessions are named for the instance). */
const instanceRole = /:assumed-role\/[^/]+\/(i-[0-9a-f]{8,17})$/i
const desktop = /\b(?:Darwin|macOS|os\/macos|Windows(?!.*Server))\b/i

/** A key that belongs to a machine or to a network, used somewhere else. */
export function binding({ session, setting }: Case): Signal | undefined {
  const { ip, address } = session
  if (ip === undefined) return undefined
  if (setting.restrictedTo !== undefined && !isPrivate(ip) && !setting.restrictedTo(ip))
    return signal(
      'binding',
      numbers.elsewhere,
      ['T1078'],
      `${placeOf(session)} is not among the addresses that the key is restricted to`,
    )
  const machine = [...session.actors].map(actor => instanceRole.exec(actor)?.[1]).find(one => one !== undefined)
  if (machine === undefined) return undefined
  const place = outside(ip, address.cloud, setting.lookup !== undefined, session)
  if (place === undefined) return undefined
  return signal(
    'binding',
    place.llr,
    ['T1552.005', 'T1078.004'],
    `the key of machine ${machine} used from ${placeOf(session)}, ${place.why}`,
  )
}

function outside(
  ip: string,
  cloud: string | undefined,
  listed: boolean,
  { via, agents }: { readonly via: string | undefined; readonly agents: ReadonlySet<string> },
): { readonly llr: number; readonly why: string } | undefined {
  // Calls that a service of AWS makes for the machine carry that service's name for an address.
  if (!/^[\d.]+$|:/.test(ip) || via !== undefined) return undefined
  if (cloud !== undefined && /amazon|aws/i.test(cloud)) return undefined
  const screen = [...agents].find(agent => desktop.test(agent))
  if (screen !== undefined) return { llr: numbers.outside, why: 'by a client on a desktop computer' }
  // A private address can be a private way into AWS that the log did not name.
  if (isPrivate(ip)) return { llr: numbers.perhaps, why: 'a private address that no private endpoint of AWS explains' }
  return listed ? { llr: numbers.outside, why: 'which is outside AWS' } : undefined
}
