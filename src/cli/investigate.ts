import { bundleFolder, hashed, type ReadFile, writeBundle } from '../composition/bundle.ts'
import { type Investigation, investigate } from '../composition/investigate.ts'
import { InvestigationFault, openInvestigation } from '../composition/investigation.ts'
import { keepingOf } from '../composition/keeping.ts'
import { reportOf } from '../composition/report.ts'
import type { Config } from '../config/config.ts'
import type { Report } from '../model/run.ts'
import { type Checked, checkWithParts } from '../pipeline.ts'
import { eventLines } from '../report/ocsf.ts'
import type { Input } from '../text/input.ts'
import { commandOf, ended, said, written } from './ending.ts'
import { momentFrom } from './moment.ts'
import type { InvestigateOptions } from './options.ts'
import { formatFrom, isJson } from './output.ts'
import { progressOn } from './progress.ts'
import { type Opened, running } from './running.ts'
import { type ExitCode, type Terminal, UsageError, whyUnread } from './terminal.ts'

/** `afterleak investigate`: check, then who used each key, and what to revoke first. */
export async function investigateCommand(
  terminal: Terminal,
  files: readonly string[],
  options: InvestigateOptions,
): Promise<ExitCode> {
  const format = options.to === 'ocsf' ? 'ocsf' : formatFrom(options)
  const { bundle } = options
  const read: ReadFile[] = []
  return running<Investigation>(terminal, files, options, {
    isJson: isJson(format),
    pulls: options.pull ? how => one => keepingOf(one, how.services, how.keptIn?.(one)) : undefined,
    async prepare(opened) {
      if (bundle !== undefined && !options.dryRun) openBundle(bundle)
      const how = await opening(terminal, files, options, opened)
      return bundle === undefined ? how : { ...how, logs: hashed(how.logs, file => read.push(file)) }
    },
    async go(under, how) {
      const { run, planned, keyring, warnings, warn, sink } = under
      if (options.logs.length === 0 && options.pull !== true)
        warn({
          file: 'logs',
          message: 'none was given with --logs or asked for with --pull, so nothing shows who used these keys.',
        })
      const progress = progressOn(terminal, planned, options.quiet === true)
      const checked: Checked[] = []
      for await (const each of checkWithParts(planned, run.walk)) {
        checked.push(each)
        progress.done(each.one)
        if (options.verbose) terminal.error(keyring.scrub(said(each.one)))
      }
      progress.end()
      const { sources } = run.walk
      const found = await investigate(checked, { ...how, ...(options.pull && sources && { sources }) })
      const command = commandOf('investigate', files, options, told(options))
      const report: Report = reportOf(run, found.cases, warnings, keyring.scrub(command))
      if (format !== 'ocsf') await written(terminal, under, report, format, options)
      else await sink.writeAll(eventLines(found.cases.flatMap(({ id }) => [found.events(id), found.reads(id)])))
      if (bundle !== undefined)
        writeBundle(bundle, { ...found, report, read, scrub: text => keyring.scrub(text, 'json') })
      return ended(terminal, under, report, options)
    },
  })
}

/** Everything that can be wrong use is found here, before a key is sent. */
export async function opening(
  { input }: Pick<Terminal, 'input'>,
  files: readonly string[],
  options: InvestigateOptions,
  { config, services, settings, run, keyring, warn }: Opened,
): Promise<Investigation> {
  const now = new Date()
  const piped: Input = { name: 'standard input', open: () => input, once: true }
  const { logs, exposure, ipLists, logYear } = options
  if (logs.includes('-') && (files.length === 0 || files.includes('-')) && options.part.length === 0)
    throw new UsageError('--logs -: standard input can not be both the findings and a log. Name one of them as a file.')
  if (logYear !== undefined && !/^(?:19|20)\d\d$/.test(logYear))
    throw new UsageError(`--log-year ${logYear}: write a year such as ${now.getUTCFullYear()}`)
  const leakedAt = momentFrom('--leaked-at', options.leakedAt, now)
  const since = momentFrom('--since', options.since, now)
  const { own, working_hours: hours, due } = config
  return openInvestigation(
    {
      now,
      logs: logs.map(log => (log === '-' ? piped : log)),
      pull: options.pull === true,
      logMaps: options.logMap,
      ledgers: options.ledger,
      principals: options.principal,
      keptIn: options.keptIn,
      services,
      ...(ipLists !== undefined && { ipLists }),
      ...(logYear !== undefined && { year: Number(logYear) }),
      ...(exposure !== undefined && { exposedTo: exposure }),
      ...(leakedAt !== undefined && { leakedAt }),
      ...(since !== undefined && { since }),
      ...(own !== undefined && { own }),
      ...(hours !== undefined && { timeZone: hours.zone, hours: statedHours(hours) }),
      ...(due !== undefined && { due }),
      ...(settings.scope !== undefined && { scope: settings.scope }),
    },
    { state: settings.state, catalog: run.walk.catalog, scrub: text => keyring.scrub(text), warn },
  ).catch((error: unknown) => {
    throw error instanceof InvestigationFault ? new UsageError(error.message) : error
  })
}

function statedHours({ from, to, days }: NonNullable<Config['working_hours']>): NonNullable<Investigation['hours']> {
  const hour = (clock: string): number => Number(clock.slice(0, 2)) + Number(clock.slice(3)) / 60
  const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
  return { from: hour(from), to: hour(to), days: new Set(days.map(name => names.indexOf(name))) }
}

function openBundle(folder: string): void {
  try {
    bundleFolder(folder)
  } catch (error) {
    throw new UsageError(`--bundle: ${folder} can not be written: ${whyUnread(error)}`)
  }
}

function told({ logs, pull, leakedAt, since, exposure }: InvestigateOptions): readonly string[] {
  return [
    ...logs.map(log => `--logs ${log}`),
    ...(pull ? ['--pull'] : []),
    ...(leakedAt === undefined ? [] : [`--leaked-at ${leakedAt}`]),
    ...(since === undefined ? [] : [`--since ${since}`]),
    ...(exposure === undefined ? [] : [`--exposure ${exposure}`]),
  ]
}
