import type { Decision, Priority } from '../model/priority.ts'
import { automatableOf } from './automatable.ts'
import { exploitationOf } from './exploitation.ts'
import { exposureOf } from './exposure.ts'
import { howToRevoke, ownClients } from './how.ts'
import { impactOf, impactOfKind } from './impact.ts'
import { type About, type Context, dueTimes, type Subject } from './input.ts'
import { livenessMark, overrideOf } from './overrides.ts'
import { lookUp } from './ssvc-table.ts'
import { unusedRights } from './unused.ts'

/**
 * What to do about one key, and how soon: four inputs, looked up in a published table, unless a named rule decides before
 * it. Works with the verdict alone; what no log can say counts as not known, never as good.
 * @param about the provider's file; undefined where no provider could be told
 */
export function decide(one: Subject, about: About | undefined, context: Context): Priority {
  const { misuse, verdict } = one
  const exposed = exposureOf(one, context)
  const { changed = [], ...impact } = impactOf(one, about)
  const points = {
    exploitation: exploitationOf(misuse, exposed.point, verdict.grants),
    exposure: exposed.point,
    automatable: automatableOf(one, about),
    impact,
  }
  const override = overrideOf(one, points, impactOfKind(one.kind, about).includes('administers'))
  const found = lookUp({
    exploitation: points.exploitation.value,
    exposure: points.exposure.value,
    automatable: points.automatable.value,
    impact: points.impact.value,
  })
  const decision = override?.decision ?? found.decision
  const mark = decision === 'none' ? undefined : livenessMark(one)
  const clients = ownClients(misuse, context)
  const how = howToRevoke(decision, misuse, clients)
  const unused = unusedRights(verdict.grants, misuse)
  const due = dueAt(decision, context)
  return {
    decision,
    ...(due !== undefined && { due }),
    ...points,
    ...(override === undefined && { row: found.row }),
    overrides: [...(override === undefined ? [] : [override.says]), ...changed, ...(mark === undefined ? [] : [mark])],
    how,
    breaks: how === 'none' ? [] : clients,
    ...(unused !== undefined && { unused }),
    ...(exposed.openSince !== undefined && { exposedSince: exposed.openSince }),
    ...(exposed.since !== undefined && { since: exposed.since }),
  }
}

/** ISO 8601. A misused key that is dead already has no date: there is nothing left to revoke. */
function dueAt(decision: Decision, { now, due }: Context): string | undefined {
  if (decision === 'none' || decision === 'investigate') return undefined
  return new Date(now.getTime() + (due?.[decision] ?? dueTimes[decision])).toISOString()
}
