import { createReadStream } from 'node:fs'
import { replaying, tryCase } from './cases.ts'
import type { Catalog } from './catalog/catalog.ts'
import type { Fault } from './catalog/read-yaml.ts'
import { readBatches } from './finding/read.ts'
import type { Case } from './model/credential.ts'
import type { Finding, Warning } from './model/finding.ts'
import { Keyring } from './model/keyring.ts'
import { understand, check as walk } from './pipeline.ts'
import { openRun, type RunSettings } from './run.ts'
import { readBack } from './source/read-back.ts'
import { defaultState } from './store/state.ts'
import type { Input } from './text/input.ts'

/** Findings that are read while they are asked for, and the secrets and warnings that belong to them. */
export interface Findings extends AsyncIterable<Finding> {
  readonly keyring: Keyring
  /** Grows while findings are read. */
  readonly warnings: readonly Warning[]
}

/** How reports are read. */
export interface ReadingOptions {
  /** The format, where it should not be recognised. */
  readonly from?: string
  /** Whose keys these are, whatever a rule says. */
  readonly provider?: string
  /** Checkouts and repositories where masked and hashed values are read back. Iterating throws where one can't be opened. */
  readonly source?: readonly string[]
  /** Tells `source` the forms of keys that a mask does not show. */
  readonly catalog?: Catalog
  /** PATH, by which `source` finds Git; the system's own folders if absent. */
  readonly path?: string
}

/** Reads scanners' reports: paths, or anything that gives bytes. Nothing in them can make this throw. */
export function readFindings(
  inputs: Iterable<string | Input>,
  { source: folders = [], catalog, path, ...options }: ReadingOptions = {},
): Findings {
  const keyring = new Keyring()
  const warnings: Warning[] = []
  const opened = [...inputs].map(input =>
    typeof input === 'string' ? { name: input, open: () => createReadStream(input) } : input,
  )
  async function* findings(): AsyncGenerator<Finding> {
    const reading = { secret: keyring.of.bind(keyring), warn: (warning: Warning) => void warnings.push(warning) }
    const batches = readBatches(opened, { ...options, ...reading })
    const whole =
      folders.length === 0 ? batches : readBack(batches, { ...reading, folders, path, ...(catalog && { catalog }) })
    for await (const handful of whole) yield* handful
  }
  return { keyring, warnings, [Symbol.asyncIterator]: findings }
}

/** Asks each provider, read-only, and gives one case for each distinct secret as it is decided. */
export async function* check(
  findings: Findings,
  { catalog, ...settings }: Partial<RunSettings> & { readonly catalog: Catalog },
): AsyncGenerator<Case> {
  const run = await openRun(catalog, { state: defaultState(), ...settings }, findings.keyring)
  let complete = false
  try {
    yield* walk(await understand(findings, run.walk), run.walk)
    complete = settings.signal?.aborted !== true
  } finally {
    await run.close(complete)
  }
}

/** What is wrong with a provider's file: faults of form with their places, and cases that do not hold, in words. */
export async function checkValidator(
  file: string,
  text: string,
): Promise<{ readonly faults: readonly Fault[]; readonly failures: readonly string[] }> {
  const { compile } = await import('./catalog/compile.ts')
  const { provider, faults } = compile(file, text)
  if (provider === undefined) return { faults, failures: [] }
  const failures: string[] = []
  for (const example of provider.cases)
    for (const difference of await tryCase(provider, example, replaying(example)))
      failures.push(`${example.it}: ${difference}`)
  return { faults, failures }
}
