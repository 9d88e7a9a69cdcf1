import type { CompiledProvider } from '../catalog/schema.ts'

/** A part of a key under the name that programs read it by. */
export interface Variable {
  readonly part: string
  /** `STRIPE_SECRET_KEY`. */
  readonly name: string
}

/** The provider's own names where its file has them (`AWS_ACCESS_KEY_ID`), else its id and the part's. Optional parts are left out. */
export function variablesOf({ id, kinds }: Pick<CompiledProvider, 'id' | 'kinds'>, kind: string): readonly Variable[] {
  const parts = Object.entries(kinds[kind]?.parts ?? {}).filter(([, part]) => part.optional !== true)
  const prefix = `${id.replaceAll('-', '_')}_`
  const taken = new Set<string>()
  return parts.map(([part, { also = [] }]) => {
    const usual = also.filter(name => /^[a-z][a-z0-9_]*$/.test(name))
    const own = usual.find(name => name.startsWith(prefix) && !taken.has(name)) ?? `${prefix}${part}`
    taken.add(own)
    return { part, name: own.toUpperCase() }
  })
}

/** Where the key stands in a store: `stripe/secret-key`. */
export function storePath(provider: string, kind: string): string {
  return `${provider}/${kind}`
}
