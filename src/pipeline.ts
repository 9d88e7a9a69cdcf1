import { beforeTouch, withLookups } from './composition/before-touch.ts'
import { decided, type Group, nothingLeft, together } from './composition/decided.ts'
import type { Sources } from './composition/sources.ts'
import { untouched, verdictOn } from './composition/verdict-on.ts'
import { type IdentifyOptions, identify, type Option, type Subject } from './identify/identify.ts'
import { remembering } from './lookup/remembering.ts'
import type { Case, Parts, Runbook } from './model/credential.ts'
import type { Finding } from './model/finding.ts'
import type { Limit, Send } from './model/request.ts'
import type { Verdict } from './model/verdict.ts'
import { type Plan, type PlanOptions, plan } from './plan/plan.ts'
import { foreignAccount, notYours } from './plan/scope.ts'
import { contest } from './probe/contest.ts'
import { inLanes } from './probe/lanes.ts'
import type { Memo } from './store/journal.ts'

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

function planFor(
  { credential, settled }: Pick<Subject, 'credential' | 'settled'>,
  { catalog, planning, asks, scope }: Understanding,
): Plan {
  const provider = credential === undefined ? undefined : catalog.providers.get(credential.provider)
  if (settled !== undefined || credential === undefined || provider === undefined) return { sites: [] }
  if (asks?.(provider.id) === false)
    return { skipped: { reason: 'out_of_scope', because: 'Not asked, as --only or --skip says.' } }
  const foreign = foreignAccount(scope?.get(provider.id), credential.facts)
  if (foreign !== undefined) return { skipped: { reason: 'out_of_scope', because: `Not asked: ${notYours(foreign)}` } }
  return plan(provider, credential, planning)
}

function limitOf({ members: [{ plan: first }] }: Group<Planned>): Limit | undefined {
  return first.sites?.[0]?.ladder[0]?.limit
}

function caseOf(
  { credential: _c, settled: _s, earlier: _e, options: _o, contest: _x, joined: _j, parts = {}, ...subject }: Subject,
  verdict: Verdict,
  walk: Walk,
): Checked {
  const runbook = runbookOf(subject.provider, subject.kind, walk)
  const useful = verdict.state !== 'skipped' || verdict.reason === 'no_check'
  // What is left of the subject is this object's alone: there are too many of them to copy each again.
  return { one: Object.assign(subject, { verdict, ...(runbook !== undefined && useful && { runbook }) }), parts }
}

function runbookOf(provider: string | null, kind: string | null, { catalog }: Walk): Runbook | undefined {
  const known = catalog.providers.get(provider ?? '')
  const book = known?.kinds[kind ?? '']?.revoke ?? known?.revoke
  return book && { where: book.where, steps: book.steps, wayBack: book.way_back }
}
