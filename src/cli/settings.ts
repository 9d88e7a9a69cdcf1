import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Catalog } from '../catalog/catalog.ts'
import { loadCatalog } from '../catalog/load.ts'
import type { RunSettings } from '../composition/run.ts'
import type { Config } from '../config/config.ts'
import { milliseconds } from '../config/duration.ts'
import { whyNotPlace } from '../config/network.ts'
import type { Warning } from '../model/finding.ts'
import type { Service } from '../model/inventory.ts'
import { defaultState } from '../store/state.ts'
import { adminSettings } from './admin-settings.ts'
import type { CheckOptions } from './options.ts'
import { type Terminal, UsageError, whyUnread } from './terminal.ts'

/** What a command needs to know before it starts. */
export interface Settings {
  readonly catalog: Catalog
  readonly run: RunSettings
  /** The configuration file, for what only some commands need: `own`, `working_hours`, `due`. */
  readonly config: Config
  /** The user's own services. */
  readonly services: readonly Service[]
  /** When the run has to end; undefined: when it is done. */
  readonly deadline?: Date
}

/** Brings command line, configuration file and environment together; the command line wins. */
export async function settingsFrom(options: CheckOptions, { environment, error }: Terminal): Promise<Settings> {
  const warn = ({ file, line, message }: Warning): void =>
    error(`${file}${line === undefined ? '' : `:${line}`}: ${message}\n`)
  const config = await configFrom(options.config, environment)
  const catalog = limited(await catalogFrom(options.validators ?? config.validators), config)
  const hosts = new Map(Object.entries(config.hosts ?? {}))
  for (const given of options.host) hosts.set(...hostFrom(given))
  const only = options.only ?? config.only
  const skip = options.skip ?? config.skip
  const scope = new Map(Object.entries(config.scope ?? {}))
  const admin = adminSettings(options.admin, config.admin)
  for (const name of [...admin.keys(), ...hosts.keys(), ...(only ?? []), ...(skip ?? []), ...scope.keys()])
    known(name, catalog)
  const allowPrivate = [...(config.allow_private ?? []), ...options.allowPrivate]
  for (const place of options.allowPrivate) {
    const why = whyNotPlace(place)
    if (why !== undefined) throw new UsageError(`--allow-private: ${why}`)
  }
  const deadline = options.deadline === undefined ? undefined : deadlineFrom(options.deadline)
  const timeout = timeFrom('--timeout', options.timeout) ?? config.timeout
  const patience = timeFrom('--patience', options.patience) ?? config.patience
  const attempts = options.attempts === undefined ? config.attempts : attemptsFrom(options.attempts)
  const proxy = proxyFrom(environment)
  return {
    catalog,
    config,
    services: await servicesFrom(config, warn),
    ...(deadline !== undefined && { deadline }),
    run: {
      state: stateFrom(environment),
      environment,
      hosts,
      allowPrivate,
      noTouch: !options.touch,
      control: options.control === true,
      effects: new Set(options.allowEffect ? (['evicts', 'counts'] as const) : []),
      ...(scope.size > 0 && { scope }),
      ...(admin.size > 0 && { admin }),
      asks: provider => (only === undefined || only.includes(provider)) && !skip?.includes(provider),
      ...(timeout !== undefined && { timeout }),
      ...(patience !== undefined && { patience }),
      ...(attempts !== undefined && { attempts }),
      ...(config.exposure !== undefined && { exposure: config.exposure }),
      ...(config.user_agent !== undefined && { userAgent: config.user_agent }),
      ...(config.fingerprint_key !== undefined && { fingerprintKey: config.fingerprint_key }),
      ...(config.ca !== undefined && { ca: [await fileFor('ca', config.ca)] }),
      ...(proxy !== undefined && { proxy }),
      ...(options.resume && { resume: 'last' }),
    },
  }
}

export function stateFrom(environment: Terminal['environment']): string {
  return defaultState(environment.XDG_STATE_HOME)
}

/** The shipped providers and the user's own; faults in those end the command, with their places. */
export async function catalogFrom(directory: string | undefined): Promise<Catalog> {
  const { catalog, faults } = await loadCatalog(directory === undefined ? {} : { directory }).catch(
    (error: unknown) => {
      throw new UsageError(`the providers in ${directory ?? 'the package'} could not be read: ${whyUnread(error)}`)
    },
  )
  if (faults.length > 0)
    throw new UsageError(
      faults.map(({ file, line, column, at, message }) => `${file}:${line}:${column} ${at}: ${message}`).join('\n'),
    )
  return catalog
}

async function configFrom(named: string | undefined, environment: Terminal['environment']): Promise<Config> {
  const home = environment.XDG_CONFIG_HOME || join(environment.HOME ?? '.', '.config')
  for (const file of named === undefined ? ['afterleak.yaml', join(home, 'afterleak', 'afterleak.yaml')] : [named]) {
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      // One that nobody named need not be there; but one that is there and can't be read must not be passed over.
      if (named === undefined && error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw new UsageError(`the configuration ${file} could not be read: ${whyUnread(error)}`)
    })
    if (text === undefined) continue
    const read = (await import('../config/config.ts')).readConfig(file, text)
    if (read.faults === undefined) return read.config
    throw new UsageError(
      read.faults.map(fault => `${fault.file}:${fault.line}:${fault.column} ${fault.at}: ${fault.message}`).join('\n'),
    )
  }
  return {}
}

function limited(catalog: Catalog, { limits = {} }: Config): Catalog {
  for (const [id, { per_second, at_once }] of Object.entries(limits)) {
    const { limit } = known(id, catalog)
    if (per_second !== undefined) limit.per_second = per_second
    if (at_once !== undefined) limit.at_once = at_once
  }
  return catalog
}

function known(name: string, catalog: Catalog) {
  const provider = catalog.providers.get(name)
  if (provider === undefined)
    throw new UsageError(`there is no provider "${name}". There are: ${[...catalog.providers.keys()].join(', ')}`)
  return provider
}

function hostFrom(given: string): [string, string] {
  const [, provider, address] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(given) ?? []
  const url = address?.includes('://') ? address : `https://${address ?? ''}`
  if (
    provider === undefined ||
    address === undefined ||
    !/^https?:\/\//i.test(url) ||
    !URL.canParse(url) ||
    new URL(url).username !== ''
  )
    throw new UsageError(`--host ${given}: write it as PROVIDER=URL, for example gitlab=https://git.example.com`)
  return [provider, url]
}

function timeFrom(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const time = milliseconds(text)
  if (time === undefined || time <= 0) throw new UsageError(`${option} ${text}: write a time such as 500ms, 10s or 2m`)
  return time
}

function attemptsFrom(text: string): number {
  const attempts = Number(text)
  if (!Number.isInteger(attempts) || attempts < 1 || attempts > 10)
    throw new UsageError(`--attempts ${text}: a whole number from 1 to 10`)
  return attempts
}

function deadlineFrom(text: string): Date {
  const after = milliseconds(text)
  const at = after === undefined ? Date.parse(text) : Date.now() + after
  if (!Number.isFinite(at))
    throw new UsageError(`--deadline ${text}: write how long the run may take (10m) or until when (2026-01-31T18:00Z)`)
  return new Date(at)
}

function proxyFrom(environment: Terminal['environment']): RunSettings['proxy'] {
  const value = (name: string): string | undefined => environment[name.toLowerCase()] || environment[name] || undefined
  const https = value('HTTPS_PROXY')
  const http = value('HTTP_PROXY')
  if (https === undefined && http === undefined) return undefined
  for (const address of [https, http])
    if (address !== undefined && !URL.canParse(address))
      throw new UsageError('HTTPS_PROXY or HTTP_PROXY is not a URL. Write it as http://HOST:PORT')
  return { ...(https !== undefined && { https }), ...(http !== undefined && { http }), except: value('NO_PROXY') ?? '' }
}

/** Services of the configuration and of its table. */
async function servicesFrom(
  { services, inventory }: Config,
  warn: (warning: Warning) => void,
): Promise<readonly Service[]> {
  if (services === undefined && inventory === undefined) return []
  const { readServices, servicesOf } = await import('../config/services.ts')
  const table =
    inventory === undefined ? [] : await readServices(inventory, await fileFor('inventory', inventory), warn)
  return [...servicesOf(services), ...table]
}

async function fileFor(what: string, file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${what}: ${file} could not be read: ${whyUnread(error)}`)
  })
}
