import { lookupPlans, type Sources } from '../composition/sources.ts'
import { hashesOf } from '../composition/watched-case.ts'
import type { Parts } from '../model/credential.ts'
import type { Secret } from '../model/secret.ts'
import type { Verdict } from '../model/verdict.ts'
import type { Keep, Standing, Watched } from '../model/watch.ts'
import type { Planned } from '../pipeline.ts'
import { WatchList } from '../store/watch-list.ts'
import { nameOf } from '../watch/telling.ts'
import { keepEncrypted, keepPublic, publicParts, publicTexts, whyNotSealKey } from '../watch/value.ts'
import { noneRepeated } from './check-options.ts'
import { hanging } from './hanging.ts'
import { storeOf } from './in-store.ts'
import { momentFrom } from './moment.ts'
import type { CheckOptions } from './options.ts'
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
  const all: CheckOptions = { touch: true, failOn: 'never', ...noneRepeated, ...options }
  return running(terminal, files, all, {
    isJson: false,
    prepare: opened => sealKeyFrom(options, opened),
    go: (under, sealKey) =>
      added(
        terminal,
        under.planned.map(one => fromPlanned(one, options, sealKey, about)),
        under.run.walk.sources,
      ),
  })
}

type Wanted = { readonly watched: Watched; readonly standing: Standing } | { readonly not: string }

async function added(terminal: Terminal, wanted: readonly Wanted[], sources?: Sources): Promise<ExitCode> {
  const database = await storeOf(terminal)
  try {
    const list = new WatchList(database)
    const said = database.atomically(() =>
      wanted.map(one => {
        if ('not' in one) return `not watched: ${one.not}\n`
        const { id } = one.watched
        const fresh = list.add(one.watched, one.standing)
        const kept = list.one(id)?.watched ?? one.watched
        const { label = kept.label, keep } = one.watched
        const stays = fresh || (kept.label === label && kept.keep.by === keep.by)
        const says = [
          ...waysOf(kept, sources),
          ...(stays ? [] : [`To keep it otherwise: afterleak watch remove ${id}, then add it again.`]),
        ]
        const title = `${fresh ? 'watched' : 'already watched'}: ${nameOf(kept)}  ${id}\n`
        return title + says.map(line => hanging('  ', line, terminal.width)).join('')
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
  reference: 'value not kept: read anew by its reference at each run',
  encrypted: 'value kept encrypted: each run needs the same --keep-key',
  lookup: 'value not kept: looked up in the lists of its provider',
}

/** What is kept of it, and how it will be heard of; that it will not be is said at once. */
function waysOf(watched: Watched, sources: Sources | undefined): readonly string[] {
  const { keep, id, provider, kind, facts, hashes = [] } = watched
  const parts = publicParts(watched)
  const isKnown =
    keep.by !== 'lookup' ||
    sources === undefined ||
    lookupPlans({ id, provider, kind, facts, parts }, sources).length > 0
  const way = isKnown
    ? ways[keep.by]
    : 'value not kept, and no list tells of it: only logs will. To have it asked about: --part, --keep encrypted, or admin in afterleak.yaml'
  const names = [...Object.keys(parts), ...(hashes.length > 0 ? ['its hash'] : [])]
  return names.length === 0 ? [way] : [way, `kept, since logs name it by that: ${names.join(', ')}`]
}

type About = Partial<Pick<Watched, 'label' | 'leakedAt'>>

function fromPlanned(
  { subject, plan }: Planned,
  options: WatchAddOptions,
  sealKey: Secret | undefined,
  about: About,
): Wanted {
  const { id, provider, kind, name, shown, facts, credential, settled, earlier, parts = {}, firstAt } = subject
  const called = `${name ?? ''} ${shown}`.trim()
  if (provider === null || kind === null)
    return { not: `${shown}: ${settled?.because ?? 'nobody knows whose key it is'}` }
  // Of a saved report: what it said then is where the key stands, and its value is not at hand.
  if (settled !== undefined && earlier === undefined) return { not: `${called}: ${settled.because}` }
  if (plan.skipped !== undefined) return { not: `${called}: ${plan.skipped.because}` }
  if (credential === undefined && (earlier === undefined || options.keep !== undefined))
    return { not: `${called}: ${settled?.because ?? 'it is not whole.'}` }
  const now = Date.now()
  const known = credential?.parts ?? parts
  const verdict = earlier ?? unasked
  const hashes = hashesOf({ id, provider, facts, verdict }, known)
  const keep = keepOf(id, known, options, sealKey)
  const names = keep.by === 'reference' ? publicTexts(known) : {}
  const leakedAt = firstAt === undefined ? undefined : Date.parse(firstAt)
  return {
    watched: {
      id,
      provider,
      kind,
      name: name ?? provider,
      shown,
      facts: { ...earlier?.identity, ...facts },
      keep,
      addedAt: now,
      ...(Object.keys(names).length > 0 && { names }),
      ...(hashes.length > 0 && { hashes }),
      ...(credential?.host !== undefined && { host: credential.host }),
      ...(leakedAt !== undefined && { leakedAt }),
      ...about,
    },
    standing: begun(verdict, now),
  }
}

const unasked: Verdict = { state: 'skipped', reason: 'incomplete', because: '', checkedAt: '', evidence: [] }

function keepOf(id: string, parts: Parts, { part = [], keep }: WatchAddOptions, sealKey: Secret | undefined): Keep {
  if (part.length > 0) return { by: 'reference', parts: Object.fromEntries(part.map(given => halves(given))) }
  return keep === 'encrypted' && sealKey !== undefined ? keepEncrypted(id, parts, sealKey) : keepPublic(parts)
}

/** Where a key stands that an earlier run has asked about, or nobody has. */
function begun({ state, reason, checkedAt, grants, identity }: Verdict, now: number): Standing {
  const fresh: Standing = { state: 'new', since: now, undecided: 0, calmFrom: now, nextAt: now, told: {} }
  if (state !== 'live' && state !== 'dead') return fresh
  const at = Date.parse(checkedAt)
  return {
    ...fresh,
    state,
    reason,
    since: at,
    checkedAt: at,
    ...(identity !== undefined && { identity }),
    ...(state === 'live' && { liveAt: at, ...(grants !== undefined && { grants }) }),
  }
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
