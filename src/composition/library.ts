import type { Catalog } from '../catalog/catalog.ts'
import type { Fault } from '../catalog/read-yaml.ts'
import { readBatches } from '../finding/read.ts'
import type { Case } from '../model/credential.ts'
import type { Finding, Warning } from '../model/finding.ts'
import { Keyring } from '../model/keyring.ts'
import { type Checked, checkWithParts, understand, check as walk } from '../pipeline.ts'
import { readBack } from '../source/read-back.ts'
import { defaultState } from '../store/state.ts'
import { fileBytes } from '../text/file-bytes.ts'
import type { Input } from '../text/input.ts'
import { replayed } from './cases.ts'
import { type Investigated, investigate as judge } from './investigate.ts'
import { type InvestigationSettings, openInvestigation } from './investigation.ts'
import { openRun, type RunSettings } from './run.ts'

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

/** How a run behaves, and what an investigation reads besides. */
export interface InvestigateOptions extends Partial<RunSettings>, InvestigationSettings {
  readonly catalog: Catalog
  /** Told of everything in the logs that could not be understood. */
  readonly warn?: (warning: Warning) => void
}

/** Reads scanners' reports: paths, or anything that gives bytes. Nothing in them can make this throw. */
export function readFindings(
  inputs: Iterable<string | Input>,
  { source: folders = [], catalog, path, ...options }: ReadingOptions = {},
): Findings {
  const keyring = new Keyring()
  const warnings: Warning[] = []
  const opened = [...inputs].map(input =>
    typeof input === 'string' ? { name: input, open: () => fileBytes(input) } : input,
  )
  async function* findings(): AsyncGenerator<Finding> {
    const reading = { secret: keyring.of.bind(keyring), warn: (warning: Warning) => void warnings.push(warning) }
    const isProvider = catalog && ((word: string): boolean => catalog.byWord(word) !== undefined)
    const batches = readBatches(opened, { ...options, ...reading, isProvider })
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

/**
 * Asks each provider, then reads logs: one case for each distinct secret with its misuse and its priority, in the order of
 * work. Rejects with an InvestigationFault, before anything is sent, where a file that was named can't be used.
 */
export async function* investigate(
  findings: Findings,
  { catalog, warn = () => undefined, ...settings }: InvestigateOptions,
): AsyncGenerator<Investigated> {
  const state = settings.state ?? defaultState()
  const scrub = (text: string): string => findings.keyring.scrub(text)
  const how = await openInvestigation(settings, { state, catalog, scrub, warn })
  const run = await openRun(catalog, { ...settings, state }, findings.keyring)
  let complete = false
  try {
    const checked: Checked[] = []
    for await (const one of checkWithParts(await understand(findings, run.walk), run.walk)) checked.push(one)
    complete = settings.signal?.aborted !== true
    yield* (
      await judge(checked, { ...how, ...(settings.pull === true && run.walk.sources && { sources: run.walk.sources }) })
    ).cases
  } finally {
    await run.close(complete)
  }
}

/** What is wrong with a provider's file: faults of form with their places, and cases that do not hold, in words. */
export async function checkValidator(
  file: string,
  text: string,
): Promise<{ readonly faults: readonly Fault[]; readonly failures: readonly string[] }> {
  const { compile } = await import('../catalog/compile.ts')
  const { provider, faults } = compile(file, text)
  if (provider === undefined) return { faults, failures: [] }
  const failures: string[] = []
  for (const example of provider.cases)
    for (const difference of await replayed(provider, example)) failures.push(`${example.it}: ${difference}`)
  return { faults, failures }
}
