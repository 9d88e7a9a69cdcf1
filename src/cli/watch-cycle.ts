import { readFile } from 'node:fs/promises'
import { resolve as resolvePath } from 'node:path'
import { namesServices } from '../address/services.ts'
import type { OpenRun } from '../composition/run.ts'
import { WatchedUses } from '../composition/watched-uses.ts'
import { asking, openTurn } from '../composition/watching.ts'
import type { Warning } from '../model/finding.ts'
import type { Keyring } from '../model/keyring.ts'
import type { Transition } from '../model/watch.ts'
import { count } from '../report/words.ts'
import type { Database } from '../store/database.ts'
import { receiversOf } from '../watch/channels.ts'
import { cycle } from '../watch/cycle.ts'
import { defaultPolicy, type Policy } from '../watch/policy.ts'
import { noLogs, noneRepeated } from './check-options.ts'
import { opening } from './investigate.ts'
import type { CheckOptions } from './options.ts'
import type { Settings } from './settings.ts'
import { type Terminal, UsageError } from './terminal.ts'
import { sealKeyFrom } from './watch-add.ts'

export interface WatchRunOptions extends Partial<CheckOptions> {
  readonly once?: true
  readonly cron?: string
  readonly zone?: string
  readonly jitter?: string
  readonly keepKey?: string
  readonly logs?: readonly string[]
  readonly pull?: true
  readonly logMap?: readonly string[]
  readonly principal?: readonly string[]
  readonly ipLists?: string
  readonly to?: string
}

/** A run that is under way. */
export interface Under {
  readonly run: OpenRun
  readonly keyring: Keyring
  readonly warn: (warning: Warning) => void
}

/** Asks about what is due and reads what is new, unless another process of this machine is doing so. */
export async function askedInTurn(...given: Parameters<typeof asked>): Promise<readonly Transition[]> {
  const [terminal, , settings] = given
  const turn = await openTurn(settings.run.state)
  if (turn === undefined) {
    terminal.error('Another afterleak watch run is asking about these keys just now.\n')
    return []
  }
  try {
    return await asked(...given)
  } finally {
    turn.end()
  }
}

async function asked(
  terminal: Terminal,
  options: WatchRunOptions,
  settings: Settings,
  database: Database,
  under: Under,
): Promise<readonly Transition[]> {
  const { run, keyring } = under
  const { config, services } = settings
  const sealKey = await sealKeyFrom(options, { config, run })
  const uses = readsUses(options) ? await usesOf(terminal, options, settings, database, under) : undefined
  const serviceOf = namesServices(services)
  const done = await cycle({
    database,
    ask: asking({ run, uses, sealKey, resolve: run.resolve, secret: text => keyring.of(text) }),
    ...(uses !== undefined && { ofOthers: () => uses.ofOthers() }),
    now: Date.now,
    policy: policyFrom(config.watch),
    receivers: change => receiversOf(config.notify ?? [], change),
    run: run.id,
    serviceOf: session => serviceOf(session)?.name,
    signal: terminal.signal,
  })
  const seen = uses === undefined ? '' : `, ${count(uses.fresh, 'new use')} in logs`
  if (!options.quiet)
    terminal.error(`${done.asked} asked, ${count(done.told.length, 'change')}${seen}. Ledger: run ${run.id}\n`)
  return done.told
}

/** What is wrong with the logs is told before anything is asked. */
async function usesOf(
  terminal: Terminal,
  options: WatchRunOptions,
  { run: settings, config, services }: Settings,
  database: Database,
  { run, keyring, warn }: Under,
): Promise<WatchedUses> {
  const { logs = [], pull, logMap = [], principal = [] } = options
  if (logs.includes('-'))
    throw new UsageError('--logs -: what was read of standard input could not be known again. Name a file or a folder.')
  const given = { ...allOf(options), ...noLogs, ...options }
  const how = await opening(terminal, [], given, { settings, config, services, run, keyring, warn })
  return new WatchedUses({
    database,
    how,
    sources: pull ? run.walk.sources : undefined,
    paths: logs.map(log => resolvePath(log)),
    way: JSON.stringify([principal, await Promise.all(logMap.map(file => readFile(file, 'utf8')))]),
    now: Date.now,
  })
}

/** Whether logs are read, of files or from providers. */
export function readsUses({ logs = [], pull }: WatchRunOptions): boolean {
  return logs.length > 0 || pull === true
}

export function allOf(options: WatchRunOptions): CheckOptions {
  return { touch: true, failOn: 'never', ...noneRepeated, ...options }
}

function policyFrom(watch: Settings['config']['watch']): Policy {
  return {
    ...defaultPolicy,
    ...(watch?.apart !== undefined && { apart: watch.apart }),
    ...(watch?.expires_within !== undefined && { expiresWithin: watch.expires_within }),
    ...(watch?.rotate_every !== undefined && { rotateEvery: watch.rotate_every }),
  }
}
