import type { CompiledProvider } from '../catalog/schema.ts'

/** Where a use of the key can be seen, or that it can not. */
export interface Evidence {
  /** `api`: this tool can read it; `dashboard`: only a person can, there; `nowhere`: the provider shows nothing of it. */
  readonly where: 'api' | 'dashboard' | 'nowhere'
  readonly says: string
  readonly link?: string
}

const asker = {
  key: 'the key itself',
  itself: 'the key itself',
  admin: "an administrator's credential",
  nobody: 'no credential',
} as const
const shows = { key: 'this key alone', owner: 'all keys of its owner', account: 'the whole account' } as const

/** Every log that the provider's file knows, with what it can not show; what is not there is said. */
export function evidenceOf(provider: CompiledProvider | undefined): readonly Evidence[] {
  if (provider === undefined)
    return [{ where: 'nowhere', says: 'Whose key it is could not be told, so where its use is logged is not known.' }]
  const { usage = {}, no_usage, dashboard = [] } = provider
  const api = Object.entries(usage).map(([id, source]): Evidence => {
    const back =
      source.goes_back === undefined ? '' : `, back ${source.goes_back.replace('d', ' days').replace('h', ' hours')}`
    const needs = source.needs === undefined ? '' : ` (${source.needs.replace(/\.$/, '')})`
    const blind =
      source.blind.length === 0 ? '' : ` Not seen: ${source.blind.map(text => text.replace(/\.$/, '')).join('; ')}.`
    return {
      where: 'api',
      says: `${id.replaceAll('_', ' ')}: ${shows[source.covers]}${back}, asked with ${asker[source.with]}${needs}.${blind}`,
      link: source.docs,
    }
  })
  const byHand = dashboard.map(text => linked('dashboard', text))
  const none = no_usage === undefined ? [] : [linked('nowhere', no_usage)]
  const all = [...api, ...byHand, ...none]
  return all.length > 0
    ? all
    : [{ where: 'nowhere', says: `No log of ${provider.name} is known here that shows the use of a key.` }]
}

/** A sentence whose last word is an address, as the two. */
function linked(where: Evidence['where'], text: string): Evidence {
  const [, says, link] = /^([\s\S]*?)\s*(https:\/\/\S+)$/.exec(text.trim()) ?? []
  return says === undefined || link === undefined ? { where, says: text } : { where, says, link }
}
