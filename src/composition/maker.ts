import type { Misuse } from '../model/misuse.ts'
import { assess } from '../signals/assess.ts'
import type { Maker } from '../signals/setting.ts'
import type { Usage } from '../usage/usage.ts'
import type { Known } from './investigate.ts'

/** A key that was found and that another found key made is judged again, by the session that made it. */
export function withMaker(
  { keys, setting, misuse, one }: Known,
  parents: readonly Known[],
  usage: Usage,
  scrub: (text: string) => string,
): Misuse {
  // As events name them.
  const ids = keys.ids.map(id => scrub(id))
  for (const parent of parents) {
    if (parent.one.id === one.id) continue
    const made = parent.misuse.children?.find(child => ids.includes(child))
    const madeBy = made === undefined ? undefined : makerOf(made, parent, usage)
    if (madeBy !== undefined) return assess(usage.history(one.id), { ...setting, madeBy })
  }
  return misuse
}

function makerOf(child: string, { one, misuse }: Known, usage: Usage): Maker | undefined {
  for (const { made, at, ip } of usage.history(one.id)) {
    if (made?.includes(child) !== true) continue
    const session = misuse.sessions.find(
      ({ start, end, ip: from }) => from === ip && at >= Date.parse(start) && at <= Date.parse(end),
    )
    if (session === undefined) return undefined
    const { p, client } = session
    return { p, shown: one.shown, ...(ip !== undefined && { ip }), ...(client !== undefined && { client }) }
  }
  return undefined
}
