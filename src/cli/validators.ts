import { loadDirectory } from '../catalog/load.ts'
import { sendable } from '../catalog/surface.ts'
import { replayed } from '../composition/cases.ts'
import { type ExitCode, type Terminal, UsageError, whyUnread } from './terminal.ts'

/** `afterleak validators check DIR`: format, cases, and what could be sent. */
export async function validatorsCommand(terminal: Terminal, directory: string): Promise<ExitCode> {
  const { providers, faults } = await loadDirectory(directory).catch((error: unknown) => {
    throw new UsageError(`${directory} could not be read: ${whyUnread(error)}`)
  })
  if (providers.length + faults.length === 0) throw new UsageError(`there is no *.yaml file in ${directory}`)
  for (const { file, line, column, at, message } of faults)
    await terminal.out(`${file}:${line}:${column} ${at === '' ? '' : `${at}: `}${message}\n`)
  let failed = 0
  for (const provider of providers) {
    let passed = 0
    for (const example of provider.cases) {
      const differences = await replayed(provider, example)
      if (differences.length === 0) passed += 1
      else
        await terminal.out(
          `${provider.id}: case "${example.it}"\n${differences.map(difference => `    ${difference}\n`).join('')}`,
        )
    }
    failed += provider.cases.length - passed
    await terminal.out(`${provider.id}: ${passed} of ${provider.cases.length} cases hold. It can send:\n`)
    for (const { use, method, url, effect } of sendable(provider))
      await terminal.out(`    ${use}  ${method} ${url}  (${effect})\n`)
  }
  return faults.length + failed === 0 ? 0 : 1
}
