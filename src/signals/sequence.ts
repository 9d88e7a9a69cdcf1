import type { Signal } from '../model/misuse.ts'
import { sequence as numbers } from './constants.ts'
import { type Case, clip, counted, lasting, listed, signal } from './evidence.ts'

/** How a stranger begins: who am I, what is here, what may I do. Consoles and the like ask many things by themselves. */
export function sequence({ session, history }: Case): Signal | undefined {
  const parts: string[] = []
  const attack: string[] = []
  let llr = 0
  const chatty = session.client?.chatty === true
  if (!chatty && session.identityEarly !== undefined) {
    llr += numbers.identity
    parts.push(`${session.identityEarly} among the first calls`)
    attack.push('T1087.004')
  }
  if (!chatty && session.recon !== undefined) {
    llr += numbers.recon
    parts.push(`${session.recon.reads} kinds of look-up on ${session.recon.services} services within 10 min`)
    attack.push('T1526', 'T1580')
  }
  if (
    !chatty &&
    session.recon === undefined &&
    session.lookUps >= numbers.lookUps.from &&
    looksAnew({ session, history })
  ) {
    llr += numbers.lookUps.llr
    parts.push(`${session.lookUps} look-ups within 10 min`)
    attack.push('T1580')
  }
  const refused = session.refused.size
  const denied = numbers.denied.find(({ from }) => refused >= from)
  if (denied !== undefined) {
    llr += denied.llr
    parts.push(`${counted(refused, 'kind')} of call refused (${listed([...session.refused.keys()].toSorted())})`)
    attack.push('T1580')
  }
  const total = [...session.refused.values()].reduce((sum, count) => sum + count, 0)
  // A console asks again for whatever it may not show.
  if (!chatty && denied === undefined && total >= numbers.refusals.from) {
    llr += numbers.refusals.llr
    parts.push(`${total} refusals of ${listed([...session.refused.keys()].toSorted())}`)
    attack.push('T1580')
  }
  const guesses = numbers.guesses.find(({ from }) => session.failedSignIns >= from)
  if (guesses !== undefined) {
    llr += guesses.llr
    parts.push(counted(session.failedSignIns, 'failed sign-in'))
    attack.push('T1110')
  }
  if (llr === 0) return undefined
  // What was counted within ten minutes has its span already.
  const span = session.last - session.start
  const spanned = session.count < 2 || parts.some(part => part.endsWith('within 10 min'))
  const all = spanned ? '' : span < 1000 ? ', all within a second' : `, all within ${lasting(span)}`
  const says = `${parts.join(', ')}${all}`
  return signal('sequence', clip(llr, 0, numbers.cap), [...new Set(attack)], says)
}

/** Whether it looks at something that the key never looked at. */
function looksAnew({ session, history }: Pick<Case, 'session' | 'history'>): boolean {
  return [...session.uses.values()].some(
    ({ operation, fact }) => fact.class === 'discovery' && !history.operations.has(operation),
  )
}
