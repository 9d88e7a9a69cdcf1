import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { reportSchema } from '../report/json-schema.ts'
import { withoutCases } from './compile.ts'
import { loadDirectory } from './load.ts'
import { Provider } from './schema.ts'
import { surface } from './surface.ts'

/** The schema of a provider's file, for editors: completion and errors while one is written. */
export function editorSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(Provider, { io: 'input', target: 'draft-7', reused: 'ref' }), null, 2)}\n`
}

/** Compiles the shipped providers for `dist` and refreshes what is generated beside them. Throws where a file has a fault. */
export async function publish(directory: string, dist: string): Promise<void> {
  const { providers, faults } = await loadDirectory(directory)
  if (faults.length > 0)
    throw new Error(
      faults.map(({ file, line, column, at, message }) => `${file}:${line}:${column} ${at}: ${message}`).join('\n'),
    )
  const schema = editorSchema()
  await mkdir(join(dist, 'schema'), { recursive: true })
  await Promise.all([
    writeFile(join(dist, 'catalog.json'), JSON.stringify(providers.map(withoutCases))),
    writeFile(join(dist, 'schema', 'validator.json'), schema),
    writeFile(join(dist, 'schema', 'report.json'), `${JSON.stringify(reportSchema, null, 2)}\n`),
    writeFile(join(directory, 'schema.json'), schema),
    writeFile(join(directory, 'surface.txt'), surface(providers)),
  ])
}
