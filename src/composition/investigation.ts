import type { Stats } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { type Addresses, openAddresses } from '../address/open.ts'
import { readLogMap } from '../config/log-map.ts'
import { type LedgerLine, wholeLines } from '../ledger/read.ts'
import type { Warning } from '../model/finding.ts'
import { storeIn } from '../model/readership.ts'
import { beganAt, ledgerFile, ledgersOf, openState } from '../store/state.ts'
import type { Input } from '../text/input.ts'
import { Footsteps } from '../usage/footsteps.ts'
import type { LogFormat } from '../usage/format.ts'
import { mapped } from '../usage/formats/mapped.ts'
import { logFiles } from '../usage/log-files.ts'
import type { Investigation } from './investigate.ts'

/** What an investigation reads, by name. Everything may be left out. */
export interface InvestigationSettings
  extends Partial<
    Pick<
      Investigation,
      'now' | 'due' | 'year' | 'leakedAt' | 'since' | 'own' | 'timeZone' | 'hours' | 'scope' | 'services'
    >
  > {
  /** Log files, folders of them, or anything that gives bytes. */
  readonly logs?: readonly (string | Input)[]
  /** Who could have read the keys, whatever the findings say. */
  readonly exposedTo?: NonNullable<Investigation['exposure']>
  /** Files that say how a log of your own calls its fields. */
  readonly logMaps?: readonly string[]
  /** Ledgers of colleagues, whose calls are not a stranger's. */
  readonly ledgers?: readonly string[]
  /** A folder with newer lists of addresses. */
  readonly ipLists?: string
  /** Providers' own logs will be asked for. */
  readonly pull?: boolean
  /** Where keys are kept: a reference, or `stripe-1f0c=vault:kv/pay` for keys whose id begins so. */
  readonly keptIn?: readonly string[]
  /** Names of users, for logs that name no key: `alice`, or `aws=alice` for one provider. */
  readonly principals?: readonly string[]
}

/** A file of the investigation can't be used; says which, and why. */
export class InvestigationFault extends Error {
  override readonly name = 'InvestigationFault'
}

type Outside = Pick<Investigation, 'catalog' | 'scrub' | 'warn'> & { readonly state: string }

/**
 * Opens everything that an investigation reads besides the keys, before anything is sent. Rejects with an
 * InvestigationFault where a file that was named is not there or not what it should be.
 */
export async function openInvestigation(
  {
    logs = [],
    logMaps = [],
    ledgers = [],
    ipLists,
    principals = [],
    keptIn = [],
    exposedTo,
    pull = false,
    ...rest
  }: InvestigationSettings,
  { state, ...outside }: Outside,
): Promise<Investigation> {
  for (const file of logs) if (typeof file === 'string') await thereIs(file)
  for (const file of ledgers)
    if ((await thereIs(file)).isDirectory()) throw new InvestigationFault(`${file} is a folder. Name the ledger in it.`)
  const formats = await Promise.all(logMaps.map(formatFrom))
  const stores = keptIn.map(storeOf)
  const addresses = await addressesFrom(ipLists, logs.length > 0 || pull)
  for (const warning of addresses.warnings) outside.warn(warning)
  return {
    now: new Date(),
    ...rest,
    ...outside,
    ...(exposedTo !== undefined && { exposure: exposedTo }),
    logs: inputsOf(logs, outside.warn),
    formats,
    lookup: addresses.lookup,
    footsteps: async () => (logs.length === 0 && !pull ? new Footsteps() : footstepsIn(state, ledgers, outside.warn)),
    keptIn: ({ id }) => stores.flatMap(({ key, reference }) => (id.startsWith(key) ? [reference] : [])),
    principals: provider =>
      principals.flatMap(given => {
        const [, whose, name] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(given) ?? []
        if (whose === undefined || name === undefined || !outside.catalog.providers.has(whose)) return [given]
        return whose === provider ? [name] : []
      }),
  }
}

/** Tables that nothing would be looked up in are not opened. */
async function addressesFrom(
  directory: string | undefined,
  needed: boolean,
): Promise<Pick<Addresses, 'lookup' | 'warnings'>> {
  if (directory === undefined && !needed) return { lookup: () => ({}), warnings: [] }
  return openAddresses(directory === undefined ? {} : { directory }).catch((error: unknown) => {
    throw new InvestigationFault(`${directory ?? 'the lists of addresses'} could not be read: ${whyNot(error)}`)
  })
}

/** `vault:kv/pay#key` for every key, or `stripe-1f0c=vault:kv/pay` for some. */
function storeOf(given: string): { readonly key: string; readonly reference: string } {
  const [, key = '', reference = ''] = /^(?:([a-z][a-z0-9-]*)=)?(.+)$/s.exec(given) ?? []
  if (storeIn(reference) !== undefined) return { key, reference }
  throw new InvestigationFault(
    `--kept-in ${given}: write a reference (aws-sm:NAME, vault:MOUNT/PATH, conjur:ACCOUNT:variable:ID), or KEY= and one, where KEY is the beginning of a key's id.`,
  )
}

async function thereIs(file: string): Promise<Stats> {
  return stat(file).catch((error: unknown) => {
    throw new InvestigationFault(`${file} could not be read: ${whyNot(error)}`)
  })
}

async function* inputsOf(logs: readonly (string | Input)[], warn: (warning: Warning) => void): AsyncGenerator<Input> {
  for (const log of logs) {
    if (typeof log !== 'string') {
      yield log
      continue
    }
    let files = 0
    for await (const file of logFiles(log)) {
      files += 1
      yield file
    }
    if (files === 0) warn({ file: log, message: 'there is no file in this folder.', unreadable: true })
  }
}

async function formatFrom(file: string): Promise<LogFormat> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new InvestigationFault(`the field map ${file} could not be read: ${whyNot(error)}`)
  })
  const { map, faults } = { faults: undefined, map: undefined, ...readLogMap(file, text) }
  if (map !== undefined) return mapped(map)
  throw new InvestigationFault(
    (faults ?? []).map(({ line, column, at, message }) => `${file}:${line}:${column} ${at}: ${message}`).join('\n'),
  )
}

/**
 * Colleagues' ledgers are read at once, and so is one of ours whose name tells no time; the others when a log has an
 * event from while they were written. A line behind a break in its chain could have been written by anybody: it accounts
 * for no event.
 */
async function footstepsIn(
  root: string,
  others: readonly string[],
  warn: (warning: Warning) => void,
): Promise<Footsteps> {
  const footsteps = new Footsteps()
  const state = openState(root)
  for (const run of ledgersOf(state)) {
    const file = ledgerFile(state, run)
    const lines = (): AsyncIterable<LedgerLine> => linesIn(file, warn)
    const from = beganAt(run)
    const about = await stat(file).catch(() => undefined)
    if (from !== undefined && about !== undefined) footsteps.shelve({ run, from, to: about.mtimeMs, lines })
    else await footsteps.take(lines())
  }
  for (const file of others) await footsteps.take(linesIn(file, warn))
  return footsteps
}

async function* linesIn(file: string, warn: (warning: Warning) => void): AsyncGenerator<LedgerLine> {
  const chain = yield* wholeLines(file)
  if (!chain.whole)
    warn({ file, line: chain.line, message: `${chain.why}. From here on its calls are not taken for our own.` })
}

function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT') return 'there is nothing of this name'
  return code === 'EACCES' ? 'permission was denied' : error instanceof Error ? error.message : String(error)
}
