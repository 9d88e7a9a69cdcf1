import { setTimeout as sleep } from 'node:timers/promises'
import { openRun } from '../composition/run.ts'
import { openPace } from '../composition/watching.ts'
import type { Warning } from '../model/finding.ts'
import { Keyring } from '../model/keyring.ts'
import type { Transition } from '../model/watch.ts'
import { noteTime } from '../store/clock.ts'
import type { Database } from '../store/database.ts'
import { Outbox } from '../store/outbox.ts'
import { WatchList } from '../store/watch-list.ts'
import { channelsFrom } from '../watch/channels.ts'
import { deliver } from '../watch/deliver.ts'
import { keepRunning, nextTime } from '../watch/keep-running.ts'
import { iso, span } from '../watch/telling.ts'
import { hanging } from './hanging.ts'
import { storeOf } from './in-store.ts'
import { type Settings, settingsFrom } from './settings.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'
import { allOf, askedInTurn, readsUses, type Under, type WatchRunOptions } from './watch-cycle.ts'

/** `afterleak watch run`: asks about every key whose time has come, and tells what is new. */
export async function watchRun(terminal: Terminal, options: WatchRunOptions): Promise<ExitCode> {
  const settings = await settingsFrom(allOf(options), terminal)
  const { cron, zone, jitter: wait = '0', to = 'text' } = options
  if (cron !== undefined) tryCron(cron, zone)
  if (cron === undefined && zone !== undefined)
    throw new UsageError('--zone needs --cron: it is the zone of its times.')
  const jitter = Number(wait) * 1000
  if (!(jitter >= 0 && jitter <= 86_400_000)) throw new UsageError(`--jitter ${wait}: write seconds, such as 30`)
  if (to !== 'text' && to !== 'jsonl') throw new UsageError(`--to ${to}: changes can be written as text or jsonl`)
  const database = await storeOf(terminal)
  const list = new WatchList(database)
  let lastRead = 0
  try {
    if (options.once) return await once(terminal, options, settings, database)
    if (!options.quiet) terminal.error(begins(list, options))
    await keepRunning({
      cron,
      zone,
      jitter,
      signal: terminal.signal,
      now: Date.now,
      random: Math.random,
      sleep: (time, signal) => sleep(time, undefined, { signal }),
      nextDue: () => {
        noteTime(database, Date.now())
        const next = list.nextAt()
        const reads = readsUses(options) && next !== undefined
        return earliest(
          next,
          new Outbox(database).nextAt(),
          reads ? Math.min(lastRead, Date.now()) + readAgain : undefined,
        )
      },
      run: async () => {
        lastRead = Date.now()
        await once(terminal, options, settings, database)
      },
      failed: error => {
        terminal.error(`this run failed, and the next one tries again: ${saidOf(error)}\n`)
      },
      lastRun: list.lastAsked(),
    })
    return 0
  } finally {
    database.close()
  }
}

/** What a process that goes on says first: from then on it is silent until something happens. */
function begins(list: WatchList, { cron, zone }: WatchRunOptions): string {
  const next = list.nextAt()
  const at = cron === undefined ? next : nextTime(cron, zone, list.lastAsked() ?? Date.now())
  const when = at === undefined ? '' : at <= Date.now() ? '; first run now' : `; next run at ${iso(at)}`
  const what = next === undefined ? 'Nothing is watched yet: afterleak watch add' : 'Watching'
  return `${what}${when}. Ctrl-C ends it in order.\n`
}

/** Logs are looked at so often, in milliseconds, also where no key is due. */
const readAgain = 10 * 60_000

/** One cycle, then what waits to be told. */
async function once(
  terminal: Terminal,
  options: WatchRunOptions,
  settings: Settings,
  database: Database,
): Promise<ExitCode> {
  const now = Date.now()
  const list = new WatchList(database)
  noteTime(database, now)
  const next = list.nextAt()
  const isDue = next !== undefined && (next <= now || readsUses(options))
  if (next === undefined) terminal.error(noneDue(list))
  else if (!isDue && options.once && !options.quiet) terminal.error(`Nothing is due; next in ${span(next - now)}.\n`)
  if (!isDue && new Outbox(database).due(now, 1).length === 0) return 0
  return inRun(terminal, settings, async under => {
    const told = isDue ? await askedInTurn(terminal, options, settings, database, under) : []
    const form = options.to === 'jsonl' ? 'json' : 'text'
    for (const transition of told)
      await terminal.out(under.keyring.scrub(textOf(transition, options.to, terminal.width), form))
    const channels = channelsFrom(settings.config.notify ?? [], {
      send: under.run.walk.send,
      resolve: under.run.resolve,
      scrub: json => under.keyring.scrub(json, 'json'),
    })
    const outbox = new Outbox(database)
    for (const why of await deliver({ outbox, channels, now: Date.now, signal: terminal.signal }))
      terminal.error(`not delivered: ${under.keyring.scrub(why)}\n`)
    return told.some(({ severity }) => severity === 'critical') ? 1 : 0
  })
}

function noneDue(list: WatchList): string {
  return list.page('', 1).length === 0
    ? 'Nothing is watched. See: afterleak watch add --help\n'
    : 'All that is watched is paused. See: afterleak watch resume --help\n'
}

/** A run with its ledger, in which the pace of hosts is shared with other processes. */
async function inRun(
  terminal: Terminal,
  { catalog, run: settings }: Settings,
  work: (under: Under) => Promise<ExitCode>,
): Promise<ExitCode> {
  const keyring = new Keyring()
  const warn = ({ file, message }: Warning): void => terminal.error(`${keyring.scrub(`${file}: ${message}`)}\n`)
  const { pace, close } = await openPace(settings.state)
  const run = await openRun(catalog, { ...settings, warn, pace, signal: terminal.signal }, keyring)
  let complete = false
  try {
    const code = await work({ run, keyring, warn })
    complete = !terminal.signal.aborted
    return code
  } finally {
    await run.close(complete)
    close()
  }
}

function textOf(transition: Transition, to: string | undefined, width: number): string {
  if (to === 'jsonl') return `${JSON.stringify(transition)}\n`
  const { severity, title, says, todo } = transition
  const mark = { info: ' ', warning: '!', critical: '‼' }[severity]
  return [
    hanging(`${mark} `, title, width),
    ...says.map(line => hanging('    ', line, width)),
    ...todo.map(line => hanging('  → ', line, width)),
  ].join('')
}

function tryCron(cron: string, zone: string | undefined): void {
  try {
    nextTime(cron, zone, Date.now())
  } catch (error) {
    throw new UsageError(
      `--cron "${cron}"${zone === undefined ? '' : ` --zone ${zone}`}: ${saidOf(error)}. Write it as cron does: "*/10 * * * *"`,
    )
  }
}

function saidOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function earliest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter(time => time !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}
