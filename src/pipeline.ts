import { nobodysCredential } from './composition/control.ts'
import { decided, type Group, nothingLeft, together } from './composition/decided.ts'
import { type Known, lookedUp, type Sources } from './composition/sources.ts'
import { type IdentifyOptions, identify, type Option, type Subject } from './identify/identify.ts'
import type { Told } from './lookup/lookup.ts'
import { remembering } from './lookup/remembering.ts'
import type { Case, Credential, Parts, Runbook } from './model/credential.ts'
import type { Finding } from './model/finding.ts'
import type { Limit, SafeRequest, Send } from './model/request.ts'
import type { Judged, Verdict } from './model/verdict.ts'
import { type Plan, type PlanOptions, plan } from './plan/plan.ts'
import { foreignAccount } from './plan/scope.ts'
import { contest } from './probe/contest.ts'
import { inLanes } from './probe/lanes.ts'
import { probe } from './probe/probe.ts'
import type { Memo } from './store/journal.ts'
import { confirmed, doubted, heardElsewhere, mayMisjudge } from './verdict/doubt.ts'
import { judge, settles } from './verdict/judge.ts'

/** What understanding findings needs: no network, and no state. */
export interface Understanding extends IdentifyOptions {
  readonly planning: PlanOptions
  /** Providers that are asked; all if absent. */
  readonly asks?: (provider: string) => boolean
  /** Provider → the user's own accounts there; keys of others are not asked about, or set aside once known. */
  readonly scope?: ReadonlyMap<string, readonly string[]>
}

/** What the whole walk needs from the outside. */
export interface Walk extends Understanding {
  readonly send: Send
  readonly memo: Memo
  /** Ask once, for each kind and host that says "live", whether a made-up key lives there too. */
  readonly control?: boolean
  /** With what key lists are asked before a key is touched; none are if absent. */
  readonly sources?: Sources
}

/** A distinct secret and what would be sent for it. */
export interface Planned {
  readonly subject: Subject
  /** Where there are options, that of the likeliest. */
  readonly plan: Plan
  readonly options?: readonly PlannedOption[]
}

/** A case as it is decided, and what its key is made of: logs are joined by that, and it stays out of every report. */
export interface Checked {
  readonly one: Case
  readonly parts: Parts
}

/** One way to complete a secret, and what would be sent to find out. */
type PlannedOption = Option & { readonly plan: Plan }

/** finding → identify → plan. Sends nothing. */
export async function understand(
  findings: AsyncIterable<Finding | readonly Finding[]>,
  walk: Understanding,
): Promise<readonly Planned[]> {
  const subjects = await identify(findings, walk)
  return subjects.map(subject => {
    const options = subject.options?.map(option => ({ ...option, plan: planFor(option, walk) }))
    const [first] = options ?? []
    return { subject, plan: first?.plan ?? planFor(subject, walk), ...(options !== undefined && { options }) }
  })
}

/** plan → probe → verdict: one case for each secret, as each is decided. Providers are asked side by side. */
export async function* check(planned: readonly Planned[], walk: Walk): AsyncGenerator<Case> {
  for await (const { one } of checkWithParts(planned, walk)) yield one
}

/** As `check`, for what goes on from there. */
export async function* checkWithParts(planned: readonly Planned[], given: Walk): AsyncGenerator<Checked> {
  const { sources } = given
  const walk = sources === undefined ? given : { ...given, sources: { ...sources, send: remembering(sources.send) } }
  for await (const cases of inLanes(together(planned), limitOf, group => casesOf(group, walk)))
    for (const one of cases) yield one
}

/** One secret is asked about; those that want the same parts are decided together. */
async function casesOf({ members }: Group<Planned>, walk: Walk): Promise<readonly Checked[]> {
  const [only] = members
  if (only.subject.contest === undefined) {
    const told = await beforeTouch(only, walk)
    const verdict = told.find(each => each.verdict !== undefined)?.verdict ?? (await verdictOn(only, walk))
    return [withLookups(caseOf(only.subject, verdict, walk), told)]
  }
  const contenders = members.flatMap(({ subject, options }) => (options ? [{ id: subject.id, options }] : []))
  const outcomes = await contest(contenders, ({ credential, plan: own }) =>
    verdictOn({ subject: { credential }, plan: own }, walk),
  )
  const subjects = members.map(({ subject }) => subject)
  return decided(subjects, outcomes).map(({ subject, verdict }) =>
    caseOf(subject, verdict ?? untouched(subject.settled ?? nothingLeft), walk),
  )
}

/** lookup: what can be known of a key without using it is read before it is touched. Decoys and others' keys are left alone. */
async function beforeTouch(planned: Planned, walk: Walk): Promise<readonly Told[]> {
  const key = lookupKeyOf(planned, walk)
  return key === undefined || walk.sources === undefined ? [] : lookedUp(key, walk.sources)
}

/** The key that lists would be asked about; undefined where none are. */
export function lookupKeyOf({ subject, plan: planned }: Planned, { sources }: Walk): Known | undefined {
  const { credential, settled, earlier, provider, kind, parts = {}, facts, id } = subject
  const mayAsk = (settled === undefined || settled.reason === 'incomplete') && subject.contest === undefined
  if (sources === undefined || provider === null || !mayAsk || planned.skipped?.reason === 'out_of_scope')
    return undefined
  const known = { ...earlier?.identity, ...facts, ...credential?.facts }
  return { id, kind: kind ?? '', parts, ...credential, facts: known, provider }
}

function withLookups({ one, parts }: Checked, told: readonly Told[]): Checked {
  if (told.length === 0) return { one, parts }
  const said = Object.assign({}, ...told.map(({ looked }) => looked.identity ?? {}))
  const identity: Readonly<Record<string, string>> = { ...said, ...one.verdict.identity }
  const verdict = Object.keys(identity).length === 0 ? one.verdict : { ...one.verdict, identity }
  return { one: { ...one, verdict, lookup: told.map(({ looked }) => looked) }, parts }
}

function planFor({ credential, settled }: Asked['subject'], { catalog, planning, asks, scope }: Understanding): Plan {
  const provider = credential === undefined ? undefined : catalog.providers.get(credential.provider)
  if (settled !== undefined || credential === undefined || provider === undefined) return { sites: [] }
  if (asks?.(provider.id) === false)
    return { skipped: { reason: 'out_of_scope', because: 'Not asked, as --only or --skip says.' } }
  const foreign = foreignAccount(scope?.get(provider.id), credential.facts)
  if (foreign !== undefined) return { skipped: { reason: 'out_of_scope', because: `Not asked: ${notYours(foreign)}` } }
  return plan(provider, credential, planning)
}

function notYours(account: string): string {
  return `its account is ${account}, which is none of yours in afterleak.yaml (scope). Tell its owner.`
}

function limitOf({ members: [{ plan: first }] }: Group<Planned>): Limit | undefined {
  return first.sites?.[0]?.ladder[0]?.limit
}

type Asked = { readonly subject: Pick<Subject, 'credential' | 'settled' | 'earlier'>; readonly plan: Plan }

async function verdictOn(
  { subject: { settled, credential, earlier }, plan: planned }: Asked,
  walk: Walk,
): Promise<Verdict> {
  const unasked = (why: Pick<Verdict, 'state' | 'reason' | 'because'>): Verdict =>
    earlier !== undefined && why.reason !== 'canary' ? earlier : untouched(why)
  if (settled !== undefined) return unasked(settled)
  if (planned.skipped !== undefined) return unasked({ state: 'skipped', ...planned.skipped })
  const verdict = await probe(planned.sites, asking(walk, credential))
  if (verdict === undefined || credential === undefined)
    return untouched({ state: 'skipped', reason: 'no_check', because: 'Its file has no request for it.' })
  const foreign =
    verdict.state === 'live' ? foreignAccount(walk.scope?.get(credential.provider), verdict.identity) : undefined
  if (foreign !== undefined)
    return { ...verdict, state: 'skipped', reason: 'out_of_scope', because: `It works, but ${notYours(foreign)}` }
  if (verdict.state !== 'live' || !walk.control) return verdict

  const provider = walk.catalog.providers.get(credential.provider)
  const [site] = planned.sites
  if (provider === undefined || site === undefined) return verdict
  // A made-up password counts as a wrong try, and such accounts lock.
  if (site.ladder.some(({ once }) => once !== undefined)) return verdict
  const nobodys = nobodysCredential(provider, credential, site.origin, walk.fingerprintKey)
  const made = await probe(plan(provider, nobodys, walk.planning).sites?.slice(0, 1) ?? [], asking(walk))
  return made?.state === 'live' ? unreliable(verdict, made) : verdict
}

/** One question and its answer: asked once, judged by the provider's own rules; a doubtful refusal is heard twice. */
function asking(
  { catalog, planning, send, memo }: Walk,
  credential?: Credential,
): (request: SafeRequest) => Promise<Judged> {
  return async request => {
    const rules = catalog.providers.get(request.provider)?.requests[request.name]
    if (rules === undefined) throw new TypeError(`${request.provider} has no request called ${request.name}`)
    const ask = async () => judge(request, rules, await send(request, settles(rules)))
    const judged = await memo.once(request, request.limit.apart === undefined ? ask : () => heardTwice(ask))
    return credential === undefined ? judged : believed(judged, request, credential, { catalog, planning })
  }
}

/** A refusal is not believed where parts, or a key and a host, may not belong together. */
function believed(
  judged: Judged,
  { origin, provider }: SafeRequest,
  credential: Credential,
  { catalog, planning }: Pick<Walk, 'catalog' | 'planning'>,
): Judged {
  const { installation, host } = credential
  const known = catalog.providers.get(provider)
  if (
    installation === undefined ||
    known?.self_hosted === undefined ||
    (planning.hosts?.get(provider) ?? host) !== undefined
  )
    return doubted(judged, credential)
  const { sites = [], bare = [], refusal } = known.self_hosted
  const hosts = known.hosts === 'needed' ? [] : known.hosts.map(each => (typeof each === 'string' ? each : each.host))
  const speaker = { id: known.id, own: [...hosts, ...sites], tellsApart: refusal !== undefined, bare }
  return heardElsewhere(doubted(judged, credential), origin, speaker, installation)
}

async function heardTwice(ask: () => Promise<Judged>): Promise<Judged> {
  const first = await ask()
  return mayMisjudge(first) ? confirmed(first, await ask()) : first
}

function untouched(settled: Pick<Verdict, 'state' | 'reason' | 'because'>): Verdict {
  return { ...settled, checkedAt: new Date().toISOString(), evidence: [] }
}

function unreliable(verdict: Verdict, { evidence }: Verdict): Verdict {
  const because =
    'A made-up key was called live there too, so this answer proves nothing: something in between answers.'
  return { ...verdict, state: 'unknown', reason: 'unreliable', because, evidence: [...verdict.evidence, ...evidence] }
}

function caseOf(
  { credential: _c, settled: _s, earlier: _e, options: _o, contest: _x, joined: _j, parts = {}, ...subject }: Subject,
  verdict: Verdict,
  walk: Walk,
): Checked {
  const runbook = runbookOf(subject.provider, subject.kind, walk)
  const useful = verdict.state !== 'skipped' || verdict.reason === 'no_check'
  return { one: { ...subject, verdict, ...(runbook !== undefined && useful && { runbook }) }, parts }
}

function runbookOf(provider: string | null, kind: string | null, { catalog }: Walk): Runbook | undefined {
  const known = catalog.providers.get(provider ?? '')
  const book = known?.kinds[kind ?? '']?.revoke ?? known?.revoke
  return book && { where: book.where, steps: book.steps, wayBack: book.way_back }
}
