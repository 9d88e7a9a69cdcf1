import type { Catalog } from './catalog/catalog.ts'
import { identify, type Subject } from './identify/identify.ts'
import { madeUp } from './catalog/made-up.ts'
import type { Case, Credential } from './model/credential.ts'
import type { Finding } from './model/finding.ts'
import type { Keyring } from './model/keyring.ts'
import type { SafeRequest, Send } from './model/request.ts'
import { Secret } from './model/secret.ts'
import type { Judged, Verdict } from './model/verdict.ts'
import { type Plan, plan, type PlanOptions, type Site } from './plan/plan.ts'
import { probe } from './probe/probe.ts'
import { inLanes } from './probe/lanes.ts'
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
}

/** A distinct secret and what would be sent for it. */
export interface Planned {
  readonly subject: Subject
  readonly plan: Plan
}

/** finding → identify → plan. Sends nothing. */
export async function understand(findings: AsyncIterable<Finding>, { catalog, keyring, places, fingerprintKey, planning, asks }: Walk): Promise<readonly Planned[]> {
  const subjects = await identify(findings, { catalog, keyring, places, fingerprintKey })
  return subjects.map(subject => {
    const { credential, settled } = subject
    const provider = credential === undefined ? undefined : catalog.providers.get(credential.provider)
    if (settled !== undefined || credential === undefined || provider === undefined) return { subject, plan: { sites: [] } }
    if (asks?.(provider.id) === false) return { subject, plan: { skipped: { reason: 'out_of_scope', because: 'Not asked, as --only or --skip says.' } } }
    return { subject, plan: plan(provider, credential, planning) }
  })
}

/** plan → probe → verdict: one case for each secret, as each is decided. Hosts are asked side by side. */
export async function* check(planned: readonly Planned[], walk: Walk): AsyncGenerator<Case> {
  yield* inLanes(planned, ({ plan: { sites } }) => sites?.[0]?.ladder[0]?.limit, async ({ subject, plan }) => caseOf(subject, await verdictOf(subject, plan, walk), walk))
}

async function verdictOf({ settled, credential }: Subject, { sites = [], skipped }: Plan, walk: Walk): Promise<Verdict> {
  const known = settled ?? (skipped === undefined ? undefined : { state: 'skipped' as const, ...skipped })
  if (known !== undefined || credential === undefined) return untouched(known)
  const verdict = (await probe(sites, asking(walk))) ?? untouched(undefined)
  if (verdict.state !== 'live' || !walk.control) return verdict
  const made = await control(credential, sites, walk)
  if (made?.state !== 'live') return verdict
  const because = 'A made-up key was called live there too, so this answer proves nothing: something in between answers, or the provider checks no keys.'
  return { ...verdict, state: 'unknown', reason: 'unreliable', because, evidence: [...verdict.evidence, ...made.evidence] }
}

function asking({ catalog, send, memo }: Walk): (request: SafeRequest) => Promise<Judged> {
  return request =>
    memo.once(request, async () => {
      const rules = catalog.providers.get(request.provider)?.requests[request.name]
      if (rules === undefined) throw new TypeError(`${request.provider} has no request called ${request.name}`)
      return judge(request, rules, await send(request, settles(rules)))
    })
}

/** The answer to a key that nobody has, of the same form, from the same host. */
async function control({ provider: id, kind }: Credential, sites: readonly Site[], walk: Walk): Promise<Verdict | undefined> {
  const provider = walk.catalog.providers.get(id)
  const parts = provider?.kinds[kind]?.parts
  const [site] = sites
  if (provider === undefined || parts === undefined || site === undefined) return undefined
  const made = Object.entries(parts).map(([name, { example }]) => [name, { public: false as const, secret: new Secret(madeUp(example, `${walk.fingerprintKey.toString('hex')} ${id} ${name}`)) }])
  const nobodys: Credential = { id: `${id}-control-${kind}`, provider: id, kind, parts: Object.fromEntries(made), facts: {}, shown: 'made up', host: site.origin }
  const planned = plan(provider, nobodys, walk.planning)
  return probe(planned.sites?.slice(0, 1) ?? [], asking(walk))
}

function untouched(settled: Pick<Verdict, 'state' | 'reason' | 'because'> | undefined): Verdict {
  const nothing = { state: 'skipped', reason: 'no_check', because: 'Its file has no request for it.' } as const
  return { ...(settled ?? nothing), checkedAt: new Date().toISOString(), evidence: [] }
}

function caseOf({ credential: _, settled: __, ...subject }: Subject, verdict: Verdict, { catalog }: Walk): Case {
  const provider = subject.provider === null ? undefined : catalog.providers.get(subject.provider)
  const kind = provider?.kinds[subject.kind ?? '']
  const book = kind?.revoke ?? provider?.revoke
  return { ...subject, verdict, ...(book !== undefined && (verdict.state !== 'skipped' || verdict.reason === 'no_check') && { runbook: { where: book.where, steps: book.steps, wayBack: book.way_back } }) }
}
