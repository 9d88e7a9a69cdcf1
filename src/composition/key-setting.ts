import { namerOf } from '../address/own-networks.ts'
import type { CompiledProvider } from '../catalog/schema.ts'
import type { Case } from '../model/credential.ts'
import type { Coverage } from '../model/usage.ts'
import { exposureOf } from '../priority/exposure.ts'
import type { Setting } from '../signals/setting.ts'
import type { JoinKeys } from '../usage/join.ts'
import { connectionsCovered } from '../usage/open-connections.ts'
import { coverageFor } from '../usage/relevant.ts'
import type { Usage } from '../usage/usage.ts'
import type { Investigation } from './investigate.ts'

/** All that bears on how the use of one key is judged: by the run, the case, the user's own word, and the logs. */
export function settingOf(one: Case, keys: JoinKeys, usage: Usage, how: Investigation): Setting {
  const { exposure = one.exposure ?? 'unknown', own } = how
  const { networks = [], roles, clients } = own ?? {}
  const ownNetwork = namerOf(networks)
  const exposed = exposureOf(one, { now: how.now, ...(how.exposure !== undefined && { exposure: how.exposure }) })
  const leakedAt = how.leakedAt ?? Date.parse(exposed.openSince ?? exposed.since ?? '')
  const { identity = {}, state } = one.verdict
  const accounts = [...(how.scope?.get(one.provider ?? '') ?? []), identity['account'], one.facts['account']]
  return {
    exposure,
    lookup: how.lookup,
    own: {
      networks: ip => ownNetwork(ip) !== undefined,
      ...(roles !== undefined && { roles }),
      ...(clients !== undefined && { clients }),
    },
    accounts: accounts.filter(account => account !== undefined),
    coverage: coverageOf(one, keys, usage, how),
    ...(Number.isFinite(leakedAt) && { leakedAt }),
    ...((state === 'live' || state === 'dead') && { live: state === 'live' }),
    ...(how.since !== undefined && { since: how.since }),
    ...(how.timeZone !== undefined && { timeZone: how.timeZone }),
    ...(how.hours !== undefined && { hours: how.hours }),
  }
}

/** Never empty: where no log shows the key, that is said, with where a person may see it. */
function coverageOf(one: Case, keys: JoinKeys, usage: Usage, how: Investigation): readonly Coverage[] {
  const seen = new Set<string>()
  for (const { source } of usage.history(one.id)) seen.add(source)
  const asked = [...connectionsCovered(one), ...(how.pulled?.coverage(one.id) ?? [])]
  const found = [...coverageFor(keys, usage.coverage, seen, how.formats), ...asked]
  if (found.some(({ state }) => state !== 'unavailable' && state !== 'denied')) return found
  if (found.length > asked.length) return found
  const provider = how.catalog.providers.get(one.provider ?? '')
  const none = usage.coverage.length === 0 ? 'no log was read' : 'none of the logs shows the use of this key'
  const page = byEye(provider)
  if (asked.length > 0 && page === '') return asked
  const why = [asked.length > 0 ? 'ui_only' : none, page].filter(text => text !== '').join('. ')
  return [...asked, { source: one.name ?? one.provider ?? 'unidentified', state: 'unavailable', covers: 'key', why }]
}

function byEye(provider: CompiledProvider | undefined): string {
  const [page] = provider?.dashboard ?? []
  return page === undefined ? (provider?.no_usage ?? '') : `By eye: ${page}`
}
