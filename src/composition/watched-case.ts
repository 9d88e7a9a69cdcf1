import type { Case, Parts } from '../model/credential.ts'
import type { Verdict } from '../model/verdict.ts'
import type { Standing, Watched } from '../model/watch.ts'
import type { Checked } from '../pipeline.ts'
import { logFormats } from '../usage/formats.ts'
import { isOf, joinKeysOf } from '../usage/join.ts'
import { publicParts } from '../watch/value.ts'

/** A watched key as a case whose value is not at hand: its public parts join logs. */
export function caseOf(watched: Watched, verdict: Verdict): Checked {
  const { id, provider, kind, name, shown, facts, leakedAt } = watched
  const at = leakedAt === undefined ? undefined : new Date(leakedAt).toISOString()
  const findings = at === undefined ? [] : [{ scanner: 'afterleak', at }]
  const one: Case = {
    id,
    provider,
    kind,
    name,
    shown,
    facts,
    findings,
    verdict,
    ...(at !== undefined && { firstAt: at }),
  }
  return { one, parts: publicParts(watched) }
}

/** What was last heard of it, as a verdict. */
export function verdictOf({ state, reason, checkedAt, identity, grants }: Standing): Verdict {
  const checked = new Date(checkedAt ?? 0).toISOString()
  const known = { ...(identity !== undefined && { identity }), ...(grants !== undefined && { grants }) }
  const common = { because: 'Not asked about now.', checkedAt: checked, evidence: [], ...known }
  if (state === 'new') return { state: 'skipped', reason: 'incomplete', ...common }
  return { state, reason: reason ?? (state === 'live' ? 'works' : 'rejected'), ...common }
}

/** Documented hashes of a key, where logs of its provider name keys by them: those logs hold the same. */
export function hashesOf(one: Pick<Case, 'id' | 'provider' | 'facts' | 'verdict'>, parts: Parts): readonly string[] {
  const { provider } = one
  const hashed = logFormats.some(({ keyed, providers }) => keyed === 'hash' && isOf(provider ?? '', providers ?? []))
  return hashed ? joinKeysOf(one, parts).hashes : []
}
