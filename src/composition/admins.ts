import type { Catalog } from '../catalog/catalog.ts'
import type { Part } from '../model/credential.ts'
import type { Admin } from '../model/reading.ts'
import { Secret } from '../model/secret.ts'
import { isReference, notAReference, type Resolve } from '../reference/reference.ts'
import { UnresolvedReference } from '../reference/unresolved.ts'

/** Provider → part → a reference, or a name that is no secret. An empty part stands for the first. */
export type AdminSettings = ReadonlyMap<string, ReadonlyMap<string, string>>

interface Means {
  readonly catalog: Catalog
  /** Absent where nothing is sent: then the credential itself is not read. */
  readonly resolve?: Resolve
}

/** Reads administrators' credentials. Rejects with an UnresolvedReference that names the option. */
export async function adminsFrom(
  given: AdminSettings | undefined,
  { catalog, resolve }: Means,
): Promise<ReadonlyMap<string, Admin>> {
  const admins = new Map<string, Admin>()
  for (const [id, values] of given ?? []) {
    const known = catalog.providers.get(id)?.admin
    if (known === undefined) throw new UnresolvedReference(`--admin ${id}: nothing of this provider is read with one.`)
    const names = Object.keys(known.parts)
    const parts: Record<string, Part> = {}
    for (const [name, value] of values) {
      const part = name === '' ? (names[0] ?? '') : name
      const described = known.parts[part]
      if (described === undefined)
        throw new UnresolvedReference(`--admin ${id}.${part}: there is no such part. There are: ${names.join(', ')}.`)
      if (isReference(value))
        parts[`admin_${part}`] = {
          public: false,
          secret: resolve === undefined ? new Secret('(not read)') : await read(value, resolve, id),
        }
      else if (described.public === true) parts[`admin_${part}`] = { public: true, text: value }
      else throw new UnresolvedReference(`--admin ${id}${name === '' ? '' : `.${name}`}: ${notAReference(value)}`)
    }
    admins.set(id, { provider: id, parts })
  }
  return admins
}

async function read(value: string, resolve: Resolve, id: string): Promise<Secret> {
  return resolve(value).catch((error: unknown) => {
    throw error instanceof UnresolvedReference ? new UnresolvedReference(`--admin ${id}: ${error.message}`) : error
  })
}
