import type { Catalog } from '../catalog/catalog.ts'
import { allowing } from '../engine/address.ts'
import type { GuardOptions } from '../engine/guard.ts'
import type { Pace } from '../engine/pace.ts'
import type { TransportOptions } from '../engine/transport.ts'
import { noLedger, openLedger } from '../ledger/ledger.ts'
import type { ExposureRule } from '../model/exposure.ts'
import type { Warning } from '../model/finding.ts'
import { Keyring } from '../model/keyring.ts'
import type { Effect, Send } from '../model/request.ts'
import type { Walk } from '../pipeline.ts'
import { isRemote, openReferences, type Resolve } from '../reference/reference.ts'
import { Journal } from '../store/journal.ts'
import { Places } from '../store/places.ts'
import { leftBy } from '../store/resume.ts'
import { fingerprintKey, journalFile, ledgerFile, newRunId, openState } from '../store/state.ts'
import { triedSince } from '../store/tries.ts'
import { version } from '../version.ts'
import { type AdminSettings, adminsFrom } from './admins.ts'

const aDay = 24 * 3_600_000

/** How a run behaves. Times are in milliseconds; everything has a default. */
export interface RunSettings {
  /** The folder for ledger, journal and fingerprint key. */
  readonly state: string
  /** One request, from first byte out to last byte in. Default 10,000. */
  readonly timeout?: number
  /** Attempts for one request. Default 3. */
  readonly attempts?: number
  /** The longest Retry-After that is waited for. Default 60,000. */
  readonly patience?: number
  /** Provider id → where it runs: `https://git.example.com`. */
  readonly hosts?: ReadonlyMap<string, string>
  /** Hosts, addresses and networks that may be private. */
  readonly allowPrivate?: readonly string[]
  /** Effects allowed besides none, last_used and session. */
  readonly effects?: ReadonlySet<Effect>
  readonly noTouch?: boolean
  /** Ask once per provider whether it takes a made-up key for a live one too. */
  readonly control?: boolean
  /** Words of the operator behind the User-Agent. */
  readonly userAgent?: string
  /** The key itself, or a reference to it. */
  readonly fingerprintKey?: Buffer | string
  /** Where references find names, addresses and sign-ins of stores of secrets; nothing if absent. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Takes what is worth saying but stops nothing. */
  readonly warn?: (warning: Warning) => void
  readonly proxy?: TransportOptions['proxy']
  /** PEM certificates to trust besides the runtime's own. */
  readonly ca?: readonly string[]
  /** Which providers are asked. */
  readonly asks?: (provider: string) => boolean
  /** What is known of places: who could read them, and since when. */
  readonly exposure?: readonly ExposureRule[]
  /** Provider → the user's own accounts there; keys of other accounts are out of scope. */
  readonly scope?: ReadonlyMap<string, readonly string[]>
  /** Take over what a stopped run left: its id, or `last`. */
  readonly resume?: string
  /** Nothing will be sent: no ledger and no journal are kept. */
  readonly dry?: boolean
  /** Shares each host's pace with other processes; this process keeps its own if absent. */
  readonly pace?: Pace
  /** Stops the run: what is left becomes unknown/cancelled. */
  readonly signal?: AbortSignal
  /** Administrators' credentials: provider → part → a reference, or a name that is no secret. */
  readonly admin?: AdminSettings
  /** For simulated networks: where a host really listens. */
  readonly route?: GuardOptions['route']
}

/** A run that is under way: what the walk needs, and what the report says of it. */
export interface OpenRun {
  readonly id: string
  readonly started: string
  readonly walk: Walk
  readonly ledgerHead: () => string | null
  /** Reads a reference by the run's own network and ledger. */
  readonly resolve: Resolve
  /** The run whose answers were taken over. */
  readonly resumed?: string
  /** Ends it. `complete`: it came to its end, so nothing is left to resume. */
  close(complete: boolean): Promise<void>
}

/** Opens state, ledger and network for one run. Nothing is sent yet. */
export async function openRun(catalog: Catalog, settings: RunSettings, keyring = new Keyring()): Promise<OpenRun> {
  const {
    attempts = 3,
    timeout = 10_000,
    patience = 60_000,
    userAgent = '',
    signal = new AbortController().signal,
  } = settings
  const state = openState(settings.state)
  const left =
    settings.resume === undefined
      ? undefined
      : await leftBy(state, settings.resume === 'last' ? undefined : settings.resume)
  const now = new Date()
  const id = newRunId(now)
  const scrub = (text: string): string => keyring.scrub(text)
  const dry = settings.dry === true
  const ledger = dry
    ? noLedger
    : openLedger(ledgerFile(state, id), {
        run: id,
        version,
        started: now.toISOString(),
        ...(left !== undefined && { resumes: left.run }),
      })
  const journal = dry
    ? undefined
    : new Journal(journalFile(state, id), left?.answers ?? new Map(), text => keyring.scrub(text, 'json'))
  const places = new Places(state.runs, scrub)
  const allowed = allowing(settings.allowPrivate ?? [])
  const certificates = settings.ca ?? []
  const networkFor = (trusted: readonly string[]) =>
    lazily(async () => {
      const { openNetwork } = await import('../engine/network.ts')
      return openNetwork({
        transport: {
          allowed,
          idle: timeout,
          ...(settings.proxy !== undefined && { proxy: settings.proxy }),
          ...(trusted.length > 0 && { ca: trusted }),
          ...(settings.route !== undefined && { route: settings.route }),
        },
        ...(settings.pace !== undefined && { pace: settings.pace }),
        ledger,
        agent: `afterleak/${version} (run ${id})${userAgent === '' ? '' : ` ${userAgent}`}`,
        timeout,
        attempts,
        patience,
        signal,
        scrub,
        ...(left !== undefined && { wasUnderWay: left.underWay }),
        triedBefore: lazily(() => triedSince(state, now.getTime() - aDay)).get,
      })
    })
  const network = networkFor(certificates)
  const networks = [network]
  /** The certificate of a store of secrets is trusted there, and nowhere else. */
  const connect = async (more: readonly string[]): Promise<Send> => {
    const own = more.length === 0 ? network : networkFor([...certificates, ...more])
    if (own !== network) networks.push(own)
    return (await own.get()).send
  }
  // Without an administrator's credential, --no-touch leaves nothing to send.
  const quiet = dry || (settings.noTouch === true && settings.admin === undefined)
  const warn = settings.warn ?? (() => undefined)
  const resolve = openReferences({
    environment: settings.environment ?? {},
    secret: text => keyring.of(text),
    warn,
    ...(!quiet && { connect }),
  })
  const close = async (complete: boolean): Promise<void> => {
    journal?.close(complete)
    ledger.close()
    places.close()
    for (const each of networks) await (await each.got())?.close()
  }
  const given = quiet ? offline(settings.fingerprintKey, warn) : settings.fingerprintKey
  const key = await keyFrom(given, resolve).catch(async (error: unknown) => {
    // A run that took over the answers of another keeps them for the next.
    await close(left === undefined)
    throw error
  })
  const admins = await adminsFrom(settings.admin, { catalog, ...(!dry && { resolve }) }).catch(
    async (error: unknown) => {
      await close(left === undefined)
      throw error
    },
  )
  const send: Send = async (request, settles) => (await network.get()).send(request, settles)
  return {
    id,
    started: now.toISOString(),
    ledgerHead: () => ledger.head(),
    resolve,
    ...(left !== undefined && { resumed: left.run }),
    walk: {
      catalog,
      keyring,
      places,
      send,
      sources: {
        catalog,
        send,
        admins,
        noTouch: settings.noTouch ?? false,
        hosts: settings.hosts,
        effects: settings.effects,
        asks: settings.asks,
      },
      memo: journal ?? { once: (_, ask) => ask() },
      fingerprintKey: key ?? fingerprintKey(state),
      control: settings.control ?? false,
      planning: {
        noTouch: settings.noTouch ?? false,
        ...(settings.hosts !== undefined && { hosts: settings.hosts }),
        mayAsk: host => allowed(host, host),
        ...(settings.effects !== undefined && { effects: settings.effects }),
      },
      ...(settings.asks !== undefined && { asks: settings.asks }),
      ...(settings.exposure !== undefined && { exposure: settings.exposure }),
      ...(settings.scope !== undefined && { scope: settings.scope }),
    },
    close,
  }
}

/** A run that sends nothing does not ask a store of secrets for the key either. */
function offline(
  given: RunSettings['fingerprintKey'],
  warn: (warning: Warning) => void,
): RunSettings['fingerprintKey'] {
  if (typeof given !== 'string' || !isRemote(given)) return given
  warn({ file: 'fingerprint_key', message: 'not read, as nothing is sent now: ids are those of this machine.' })
  return undefined
}

async function keyFrom(given: RunSettings['fingerprintKey'], resolve: Resolve): Promise<Buffer | undefined> {
  if (typeof given !== 'string') return given
  // The key of a digest, which is all that it is used for.
  return (await resolve(given)).digest(text => Buffer.from(text))
}

/** Opens something when it is first needed, and once: what is never needed costs no start-up time. */
function lazily<T>(open: () => Promise<T>): { get(): Promise<T>; got(): Promise<T | undefined> } {
  let opened: Promise<T> | undefined
  return { get: () => (opened ??= open()), got: async () => opened }
}
