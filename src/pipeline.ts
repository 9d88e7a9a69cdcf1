import type { Catalog } from './catalog/catalog.ts'
import { nobodysCredential } from './control.ts'
import { identify, type Subject } from './identify/identify.ts'
import type { Case, Runbook } from './model/credential.ts'
import type { Finding } from './model/finding.ts'
import type { Keyring } from './model/keyring.ts'
import type { Limit, SafeRequest, Send } from './model/request.ts'
import type { Judged, Verdict } from './model/verdict.ts'
import { type Plan, type PlanOptions, plan } from './plan/plan.ts'
import { foreignAccount } from './plan/scope.ts'
import { inLanes } from './probe/lanes.ts'
import { probe } from './probe/probe.ts'
import type { Memo } from './store/journal.ts'
import type { Places } from './store/places.ts'
import { judge, settles } from './verdict/judge.ts'

/** What the walk needs from the outside. */
export interface Walk {
  readonly catalog: Catalog
  readonly keyring: Keyring
  readonly places: Places
  readonly fingerprintKey: Buffer
  readonly planning: PlanOptions
  readonly send: Send
  readonly memo: Memo
  /** Ask once, for each kind and host that says "live", whether a made-up key lives there too. */
  readonly control?: boolean
  /** Providers that are asked; all if absent. */
  readonly asks?: (provider: string) => boolean
  /** Provider → the user's own accounts there; keys of others are not asked about, or set aside once known. */
  readonly scope?: ReadonlyMap<string, readonly string[]>
}

/** A distinct secret and what would be sent for it. */
export interface Planned {
  readonly subject: Subject
  readonly plan: Plan
}

/** finding → identify → plan. Sends nothing. */
export async function understand(
  findings: AsyncIterable<Finding | readonly Finding[]>,
  walk: Walk,
): Promise<readonly Planned[]> {
  const subjects = await identify(findings, walk)
  return subjects.map(subject => ({ subject, plan: planFor(subject, walk) }))
}

/** plan → probe → verdict: one case for each secret, as each is decided. Providers are asked side by side. */
export async function* check(planned: readonly Planned[], walk: Walk): AsyncGenerator<Case> {
  yield* inLanes(planned, limitOf, async one => caseOf(one.subject, await verdictOn(one, walk), walk))
}

function planFor({ credential, settled }: Subject, { catalog, planning, asks, scope }: Walk): Plan {
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

function limitOf({ plan: { sites } }: Planned): Limit | undefined {
  return sites?.[0]?.ladder[0]?.limit
}

async function verdictOn({ subject: { settled, credential }, plan: planned }: Planned, walk: Walk): Promise<Verdict> {
  if (settled !== undefined) return untouched(settled)
  if (planned.skipped !== undefined) return untouched({ state: 'skipped', ...planned.skipped })
  const verdict = await probe(planned.sites, asking(walk))
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
  const nobodys = nobodysCredential(provider, credential, site.origin, walk.fingerprintKey)
  const made = await probe(plan(provider, nobodys, walk.planning).sites?.slice(0, 1) ?? [], asking(walk))
  return made?.state === 'live' ? unreliable(verdict, made) : verdict
}

/** One question and its answer: asked once, judged by the provider's own rules. */
function asking({ catalog, send, memo }: Walk): (request: SafeRequest) => Promise<Judged> {
  return request =>
    memo.once(request, async () => {
      const rules = catalog.providers.get(request.provider)?.requests[request.name]
      if (rules === undefined) throw new TypeError(`${request.provider} has no request called ${request.name}`)
      return judge(request, rules, await send(request, settles(rules)))
    })
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
  { credential: _credential, settled: _settled, ...subject }: Subject,
  verdict: Verdict,
  walk: Walk,
): Case {
  const runbook = runbookOf(subject.provider, subject.kind, walk)
  const useful = verdict.state !== 'skipped' || verdict.reason === 'no_check'
  return { ...subject, verdict, ...(runbook !== undefined && useful && { runbook }) }
}

function runbookOf(provider: string | null, kind: string | null, { catalog }: Walk): Runbook | undefined {
  const known = catalog.providers.get(provider ?? '')
  const book = known?.kinds[kind ?? '']?.revoke ?? known?.revoke
  return book && { where: book.where, steps: book.steps, wayBack: book.way_back }
}
