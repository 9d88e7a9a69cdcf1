import type { Secret } from '../model/secret.ts'

/** A secret address in pieces, so that only the engine puts it together: its origin, and templates for the rest. */
export interface HookAddress {
  readonly origin: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly parts: Readonly<Record<string, Secret>>
}

/** Takes an https address apart; undefined where it is none. Names of its query are not secret, everything else is. */
export function hookAddress(secret: Secret): HookAddress | undefined {
  const known = secret.fits({ whole: inClear, within: () => [] })
  if (known?.origin === undefined) return undefined
  const names = known.names?.split(' ').filter(name => name !== '') ?? []
  const steps = secret.within({ whole: () => undefined, within: text => stepsOf(new URL(text)) })
  const values = secret.within({ whole: () => undefined, within: text => [...new URL(text).searchParams.values()] })
  const parts: Record<string, Secret> = {}
  steps.forEach((step, i) => {
    parts[`step_${i}`] = step
  })
  values.forEach((value, i) => {
    parts[`value_${i}`] = value
  })
  return {
    origin: known.origin,
    path: steps.map((_, i) => `/{step_${i}}`).join('') || '/',
    query: Object.fromEntries(names.map((name, i) => [decodeURIComponent(name), `{value_${i}}`])),
    parts,
  }
}

function inClear(text: string): Readonly<Record<string, string>> | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, origin, username, searchParams } = new URL(text)
  if (protocol !== 'https:' || username !== '') return undefined
  return { origin, names: [...searchParams.keys()].map(encodeURIComponent).join(' ') }
}

function stepsOf({ pathname }: URL): readonly string[] {
  return pathname.slice(1).split('/').map(decodeURIComponent)
}
