import type { Subject } from '../identify/identify.ts'
import type { Credential } from '../model/credential.ts'
import type { SafeRequest } from '../model/request.ts'
import type { Judged, Verdict } from '../model/verdict.ts'
import type { Walk } from '../pipeline.ts'
import { type Plan, plan } from '../plan/plan.ts'
import { foreignAccount, notYours } from '../plan/scope.ts'
import { probe } from '../probe/probe.ts'
import { confirmed, doubted, heardElsewhere, mayMisjudge } from '../verdict/doubt.ts'
import { judge, settles } from '../verdict/judge.ts'
import { nobodysCredential } from './control.ts'

/** A secret and what would be sent for it. */
type Asked = { readonly subject: Pick<Subject, 'credential' | 'settled' | 'earlier'>; readonly plan: Plan }

/** probe → verdict: what its provider says of one secret, unless that is settled or it is not to be asked. */
export async function verdictOn(
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

/** A verdict for which nothing was sent. */
export function untouched(settled: Pick<Verdict, 'state' | 'reason' | 'because'>): Verdict {
  return { ...settled, checkedAt: new Date().toISOString(), evidence: [] }
}

function unreliable(verdict: Verdict, { evidence }: Verdict): Verdict {
  const because =
    'A made-up key was called live there too, so this answer proves nothing: something in between answers.'
  return { ...verdict, state: 'unknown', reason: 'unreliable', because, evidence: [...verdict.evidence, ...evidence] }
}
