import type { SafeRequest } from '../model/request.ts'
import { combine, type Judged, type Verdict } from '../model/verdict.ts'

/** A host and its ladder, as planned. */
interface Site {
  readonly ladder: readonly SafeRequest[]
}

/** How one request is asked and its answer judged; handed in, so that no stage knows another. */
export type Ask = (request: SafeRequest) => Promise<Judged>

/** Asks the hosts one after the other until one says that the key works; in each, climbs the ladder as the answers say. */
export async function probe(sites: readonly Site[], ask: Ask): Promise<Verdict | undefined> {
  const verdicts: Verdict[] = []
  for (const { ladder } of sites) {
    const climbed = await climb(ladder, ask)
    if (climbed === undefined) continue
    const { verdict, final } = climbed
    if (final) return { ...verdict, evidence: [...verdicts.flatMap(({ evidence }) => evidence), ...verdict.evidence] }
    verdicts.push(verdict)
    if (verdict.state === 'live' || verdict.reason === 'cancelled') break
  }
  return combine(verdicts)
}

async function climb(
  ladder: readonly SafeRequest[],
  ask: Ask,
): Promise<{ readonly verdict: Verdict; readonly final: boolean } | undefined> {
  let verdict: Verdict | undefined
  let decided = false
  let final = false
  for (let request = ladder[0]; request !== undefined; ) {
    const judged: Judged = await ask(request)
    // Once a rung has decided, the rungs after it only add what they know.
    if (verdict === undefined) verdict = judged.verdict
    else if (decided) verdict = enriched(verdict, judged.verdict)
    else verdict = { ...judged.verdict, evidence: [...verdict.evidence, ...judged.verdict.evidence] }
    decided ||= judged.open === undefined
    final ||= judged.final === true
    const next: string | undefined = judged.then
    request = next === undefined ? undefined : ladder.find(({ name }) => name === next)
  }
  return verdict && { verdict, final }
}

function enriched(verdict: Verdict, more: Verdict): Verdict {
  const evidence = [...verdict.evidence, ...more.evidence]
  if (more.state !== 'live') return { ...verdict, evidence }
  const { identity, grants, expiresAt } = more
  return {
    ...verdict,
    evidence,
    ...((verdict.identity ?? identity) !== undefined && { identity: { ...verdict.identity, ...identity } }),
    ...((verdict.grants ?? grants) !== undefined && { grants: verdict.grants ?? grants ?? [] }),
    ...((verdict.expiresAt ?? expiresAt) !== undefined && { expiresAt: verdict.expiresAt ?? expiresAt ?? '' }),
  }
}
