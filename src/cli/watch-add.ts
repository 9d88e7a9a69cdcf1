import type { Case } from '../model/credential.ts'
import type { Secret } from '../model/secret.ts'
import type { Keep, Standing, Watched } from '../model/watch.ts'
import type { Planned } from '../pipeline.ts'
import { WatchList } from '../store/watch-list.ts'
import { keepEncrypted, keepPublic, whyNotSealKey } from '../watch/value.ts'
import { noneRepeated } from './check-options.ts'
import { storeOf } from './in-store.ts'
import { momentFrom } from './moment.ts'
import type { CheckOptions } from './options.ts'
import { reportFrom } from './report.ts'
import { type Opened, running } from './running.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

export interface WatchAddOptions extends Partial<CheckOptions> {
  readonly label?: string
  readonly keep?: 'encrypted'
  readonly keepKey?: string
  readonly leakedAt?: string
}

/** `afterleak watch add`: findings, a report, or one key by reference. */
export async function watchAdd(
  terminal: Terminal,
  files: readonly string[],
  options: WatchAddOptions,
): Promise<ExitCode> {
  const leakedAt = momentFrom('--leaked-at', options.leakedAt, new Date())
  const about = {
    ...(options.label !== undefined && { label: options.label }),
    ...(leakedAt !== undefined && { leakedAt }),
  }
  const reports = await Promise.all(files.map(reportFrom))
  const cases = reports.flatMap(report => report?.cases ?? [])
  if (cases.length > 0) {
    if (options.keep !== undefined || options.part !== undefined || reports.includes(undefined))
      throw new UsageError(
        "a report of afterleak's own holds no values: add it by itself, without --keep, --part and other files.",
      )
    return added(
      terminal,
      cases.map(one => fromCase(one, about)),
    )
  }
  const all: CheckOptions = { touch: true, failOn: 'never', ...noneRepeated, ...options }
  return running(terminal, files, all, {
    isJson: false,
    prepare: opened => sealKeyFrom(options, opened),
    go: (under, sealKey) =>
      added(
        terminal,
        under.planned.map(one => fromPlanned(one, options, sealKey, about)),
      ),
  })
}

type Wanted = { readonly watched: Watched; readonly standing: Standing } | { readonly not: string }

async function added(terminal: Terminal, wanted: readonly Wanted[]): Promise<ExitCode> {
  const database = await storeOf(terminal)
  try {
    const list = new WatchList(database)
    const said = database.atomically(() =>
      wanted.map(one => {
        if ('not' in one) return `not watched: ${one.not}\n`
        const { id, name, shown } = one.watched
        const fresh = list.add(one.watched, one.standing)
        const { keep } = list.one(id)?.watched ?? one.watched
        return `${fresh ? 'watched' : 'already watched'}: ${name} ${shown}  ${id}  ${ways[keep.by]}\n`
      }),
    )
    for (const line of said) await terminal.out(line)
    const some = wanted.some(one => !('not' in one))
    if (some) terminal.error('Next: afterleak watch run --once, from cron or a CI; or afterleak watch run\n')
    return some ? 0 : 3
  } finally {
    database.close()
  }
}

const ways: Readonly<Record<Keep['by'], string>> = {
  reference: 'read anew by its reference',
  encrypted: 'kept encrypted',
  lookup: 'value not kept: asked about by look-up only',
}

type About = Partial<Pick<Watched, 'label' | 'leakedAt'>>

function fromCase(one: Case, about: About): Wanted {
  const { provider, kind, shown, verdict } = one
  if (provider === null || kind === null) return { not: `${shown}: nobody knows whose key it is` }
  const now = Date.now()
  const checkedAt = Date.parse(verdict.checkedAt)
  const state = verdict.state === 'live' || verdict.state === 'dead' ? verdict.state : 'new'
  const { grants } = verdict
  return {
    watched: watchedOf(
      { ...one, provider, kind, facts: { ...verdict.identity, ...one.facts } },
      { by: 'lookup', parts: {} },
      now,
      about,
    ),
    standing: {
      ...begun(now),
      state,
      ...(state !== 'new' && { since: checkedAt, checkedAt, reason: verdict.reason }),
      ...(state === 'live' && { liveAt: checkedAt, ...(grants !== undefined && { grants }) }),
    },
  }
}

function fromPlanned(
  { subject, plan }: Planned,
  { part = [], keep }: WatchAddOptions,
  sealKey: Secret | undefined,
  about: About,
): Wanted {
  const { id, provider, kind, name, shown, credential, settled } = subject
  if (provider === null || kind === null || credential === undefined || settled !== undefined)
    return { not: `${shown}: ${settled?.because ?? 'it is not whole, or nobody knows whose key it is'}` }
  if (plan.skipped !== undefined) return { not: `${name ?? provider} ${shown}: ${plan.skipped.because}` }
  const now = Date.now()
  const kept: Keep =
    part.length > 0
      ? { by: 'reference', parts: Object.fromEntries(part.map(given => halves(given))) }
      : keep === 'encrypted' && sealKey !== undefined
        ? keepEncrypted(id, credential.parts, sealKey)
        : keepPublic(credential.parts)
  return {
    watched: {
      ...watchedOf({ ...subject, provider, kind }, kept, now, about),
      ...(credential.host !== undefined && { host: credential.host }),
    },
    standing: begun(now),
  }
}

type Known = Pick<Case, 'id' | 'name' | 'shown' | 'facts' | 'firstAt'> & Pick<Watched, 'provider' | 'kind'>

function watchedOf(
  { id, provider, kind, name, shown, facts, firstAt }: Known,
  keep: Keep,
  now: number,
  about: About,
): Watched {
  const leakedAt = firstAt === undefined ? undefined : Date.parse(firstAt)
  return {
    id,
    provider,
    kind,
    name: name ?? provider,
    shown,
    facts,
    keep,
    addedAt: now,
    ...(leakedAt !== undefined && { leakedAt }),
    ...about,
  }
}

function begun(now: number): Standing {
  return { state: 'new', since: now, undecided: 0, calmFrom: now, nextAt: now, told: {} }
}

function halves(given: string): readonly [string, string] {
  const at = given.indexOf('=')
  return [given.slice(0, at), given.slice(at + 1)]
}

/** The key that seals values, by reference; the command line goes before the configuration. */
export async function sealKeyFrom(
  { keep, keepKey }: Pick<WatchAddOptions, 'keep' | 'keepKey'>,
  { config, run }: Pick<Opened, 'config' | 'run'>,
): Promise<Secret | undefined> {
  const reference = keepKey ?? config.watch?.keep_key
  if (reference === undefined) {
    if (keep === undefined) return undefined
    throw new UsageError('--keep encrypted needs a key: --keep-key env:NAME, or watch: keep_key: in afterleak.yaml.')
  }
  const key = await run.resolve(reference).catch((error: unknown) => {
    throw new UsageError(`--keep-key: ${error instanceof Error ? error.message : String(error)}`)
  })
  const why = whyNotSealKey(key)
  if (why !== undefined) throw new UsageError(`--keep-key: ${why}`)
  return key
}
