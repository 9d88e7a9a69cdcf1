import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** The folders of this machine's state. Folders are 0700, files 0600. */
export interface State {
  readonly root: string
  readonly ledgers: string
  readonly runs: string
}

/** Where state lives if nobody says otherwise: https://specifications.freedesktop.org/basedir-spec/latest/ */
export function defaultState(xdgStateHome?: string): string {
  return join(
    xdgStateHome === undefined || xdgStateHome === '' ? join(homedir(), '.local', 'state') : xdgStateHome,
    'afterleak',
  )
}

/** Opens the state folder, making what is not there. Throws the file system's error where it can't. */
export function openState(root: string): State {
  const state = { root, ledgers: join(root, 'ledger'), runs: join(root, 'runs') }
  for (const folder of Object.values(state)) mkdirSync(folder, { recursive: true, mode: 0o700 })
  return state
}

/** The key under which this machine makes ids. Made on first use; another run that makes it at the same moment wins or loses whole. */
export function fingerprintKey({ root }: State): Buffer {
  const file = join(root, 'fingerprint.key')
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
}

/** Names of runs, oldest first: their names begin with the time. */
export function runsOf({ runs }: State): readonly string[] {
  return namesIn(runs)
}

/** Names of runs that sent something, or resumed another, oldest first. */
export function ledgersOf({ ledgers }: State): readonly string[] {
  return namesIn(ledgers)
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.jsonl'))
    .map(name => name.slice(0, -'.jsonl'.length))
    .toSorted()
}

export function ledgerFile({ ledgers }: State, run: string): string {
  return join(ledgers, `${run}.jsonl`)
}

export function journalFile({ runs }: State, run: string): string {
  return join(runs, `${run}.jsonl`)
}

/** `20261124-034916-7f3a`: sorts by time, can be said aloud, and does not come twice. */
export function newRunId(now: Date): string {
  const [day = '', time = ''] = now
    .toISOString()
    .replaceAll(/[-:]|\.\d+Z/g, '')
    .split('T')
  return `${day}-${time}-${randomBytes(3).toString('hex')}`
}

/** When a run began, by its id, in milliseconds; undefined where it is none of ours. */
export function beganAt(run: string): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-[\da-f]+$/.exec(run) ?? []
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(at) ? undefined : at
}
