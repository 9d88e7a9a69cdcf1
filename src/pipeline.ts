import type { Catalog } from './catalog/catalog.ts'
import { identify, type Subject } from './identify/identify.ts'
import type { Case } from './model/credential.ts'
import type { Finding } from './model/finding.ts'
import type { Keyring } from './model/keyring.ts'
import type { SafeRequest, Send } from './model/request.ts'
import type { Verdict } from './model/verdict.ts'
import { type Plan, plan, type PlanOptions } from './plan/plan.ts'
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
  return subjects.filter(({ provider }) => asks === undefined || (provider !== null && asks(provider))).map(subject => {
    const { credential, settled } = subject
    const provider = credential === undefined ? undefined : catalog.providers.get(credential.provider)
    if (settled !== undefined || credential === undefined || provider === undefined) return { subject, plan: { sites: [] } }
    return { subject, plan: plan(provider, credential, planning) }
  })
}

/** plan → probe → verdict: one case for each secret, as each is decided. Hosts are asked side by side. */
export async function* check(planned: readonly Planned[], walk: Walk): AsyncGenerator<Case> {
  yield* inLanes(planned, ({ plan: { sites } }) => sites?.[0]?.ladder[0]?.limit, async ({ subject, plan }) => caseOf(subject, await verdictOf(subject, plan, walk), walk))
}

async function verdictOf({ settled }: Subject, { sites, skipped }: Plan, { catalog, send, memo }: Walk): Promise<Verdict> {
  const known = settled ?? (skipped === undefined ? undefined : { state: 'skipped' as const, ...skipped })
  if (known !== undefined) return { ...known, checkedAt: new Date().toISOString(), evidence: [] }
  const ask = (request: SafeRequest) =>
    memo.once(request, async () => {
      const rules = catalog.providers.get(request.provider)?.requests[request.name]
      if (rules === undefined) throw new TypeError(`${request.provider} has no request called ${request.name}`)
      return judge(request, rules, await send(request, settles(rules)))
    })
  const verdict = await probe(sites ?? [], ask)
  return verdict ?? { state: 'skipped', reason: 'no_check', because: 'Its file has no request for it.', checkedAt: new Date().toISOString(), evidence: [] }
}

function caseOf({ credential: _, settled: __, ...subject }: Subject, verdict: Verdict, { catalog }: Walk): Case {
  const provider = subject.provider === null ? undefined : catalog.providers.get(subject.provider)
  const kind = provider?.kinds[subject.kind ?? '']
  const book = kind?.revoke ?? provider?.revoke
  return { ...subject, verdict, ...(book !== undefined && verdict.state !== 'skipped' && { runbook: { where: book.where, steps: book.steps, wayBack: book.way_back } }) }
}
