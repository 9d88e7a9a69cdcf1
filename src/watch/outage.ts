import type { Transition, Watched } from '../model/watch.ts'
import { iso, span, transitionId } from './telling.ts'

/** Many keys of a provider failed together. */
export function outageTold(
  { provider, name }: Pick<Watched, 'provider' | 'name'>,
  { since, count, now }: { readonly since: number; readonly count: number; readonly now: number },
): Transition {
  return {
    id: transitionId('outage', provider, String(since)),
    kind: 'outage',
    at: now,
    provider,
    severity: 'warning',
    title: `${name}: ${count} keys failed together`,
    says: [
      `Since ${iso(since)}, and next to none of its keys answers. An outage looks like this, and so does a revocation of all of them.`,
      'None of them is called dead for now; they are asked again every 15 minutes.',
    ],
    todo: [`Look at ${name}'s status page, and ask whether somebody has revoked them all.`],
  }
}

/** A provider lets its keys in again. */
export function outageOverTold(
  { provider, name }: Pick<Watched, 'provider' | 'name'>,
  since: number,
  now: number,
): Transition {
  return {
    id: transitionId('outage_over', provider, String(since)),
    kind: 'outage_over',
    at: now,
    provider,
    severity: 'info',
    title: `${name} answers again`,
    says: [`The outage lasted ${span(now - since)}, from ${iso(since)}.`],
    todo: [],
  }
}
