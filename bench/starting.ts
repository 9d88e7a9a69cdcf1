import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measured, median } from './child.ts'
import type { Figure } from './main.ts'

/** How long the command takes to start, to the runtime alone. The three take turns, so that noise hits all alike. */
export async function starting(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'afterleak-bench-'))
  const empty = join(folder, 'empty.json')
  await writeFile(empty, '[]')
  const times: Record<'nothing' | 'version' | 'check', number[]> = { nothing: [], version: [], check: [] }
  for (let round = 0; round < 15; round++) {
    times.nothing.push((await measured(['-e', '0'])).milliseconds)
    times.version.push((await measured(['dist/afterleak.js', '--version'])).milliseconds)
    times.check.push((await measured(['dist/afterleak.js', 'check', empty], { XDG_STATE_HOME: folder })).milliseconds)
  }
  await rm(folder, { recursive: true })
  const nothing = median(times.nothing)
  return [
    { what: 'start of --version, to node -e 0', value: median(times.version) / nothing, unit: ' ×', atMost: 2 },
    { what: 'an empty check, to node -e 0', value: median(times.check) / nothing, unit: ' ×', atMost: 4 },
  ]
}
