import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Catalog } from './catalog.ts'
import type { Fault } from './read-yaml.ts'
import type { CompiledProvider, Provider } from './schema.ts'

/** Where the build puts the shipped providers: beside the code. */
const shipped = new URL('./catalog.json', import.meta.url)

/** The shipped providers, with a user's own from `directory`. Faults in those come back; the rest is loaded. */
export async function loadCatalog({
  directory,
  from = shipped,
}: {
  readonly directory?: string
  readonly from?: URL
} = {}): Promise<{ readonly catalog: Catalog; readonly faults: readonly Fault[] }> {
  const builtIn: readonly CompiledProvider[] = JSON.parse(await readFile(from, 'utf8'))
  if (directory === undefined) return { catalog: new Catalog(builtIn), faults: [] }
  const { providers, faults } = await loadDirectory(directory)
  return { catalog: new Catalog(builtIn, providers), faults }
}

/** Every `*.yaml` of a folder, compiled. The schema library is loaded here and not before. */
export async function loadDirectory(
  directory: string,
): Promise<{ readonly providers: readonly Provider[]; readonly faults: readonly Fault[] }> {
  const { compile } = await import('./compile.ts')
  const files = (await readdir(directory)).filter(name => name.endsWith('.yaml')).toSorted()
  const compiled = await Promise.all(
    files.map(async name => compile(join(directory, name), await readFile(join(directory, name), 'utf8'))),
  )
  return {
    providers: compiled.flatMap(({ provider }) => (provider === undefined ? [] : [provider])),
    faults: compiled.flatMap(({ faults }) => faults),
  }
}
