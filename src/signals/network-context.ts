import type { Signal } from '../model/misuse.ts'
import { context as numbers } from './constants.ts'
import { type Case, clip, signal } from './evidence.ts'
import { isNewNetwork, placeOf } from './network.ts'

/** What kind of network it is. Tor always tells; hosting and VPN only where the network is new to the key. */
export function networkContext({ session, history }: Case): Signal | undefined {
  const { tor, hosting, vpn, cloud } = session.address
  const fresh = isNewNetwork(session, history)
  const kinds: string[] = []
  let llr = 0
  if (tor === true) {
    llr += numbers.tor
    kinds.push('a Tor exit')
  }
  if (fresh && (hosting === true || cloud !== undefined)) {
    llr += numbers.hosting
    kinds.push(cloud === undefined ? 'rented machines (hosting)' : `machines of ${cloud}`)
  }
  if (fresh && vpn === true) {
    llr += numbers.vpn
    kinds.push('a VPN')
  }
  if (llr === 0) return undefined
  const says = `${placeOf(session)} ${tor === true ? 'is' : 'belongs to'} ${kinds.join(', also ')}`
  return signal('network context', clip(llr, 0, numbers.cap), [tor === true ? 'T1090.003' : 'T1078.004'], says)
}
