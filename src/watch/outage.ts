import type { Transition, Watched } from '../model/watch.ts'
import { iso, span, transitionId } from './telling.ts'

type Provider = Pick<Watched, 'provider' | 'name'>

/** Many keys of a provider failed together. */
export function outageTold(
  { provider, name }: Provider,
  { since, count, now }: { readonly since: number; readonly count: number; readonly now: number },
): Transition {
  return {
    id: beginning(provider, since),
    kind: 'outage',
    at: now,
    provider,
    severity: 'warning',
    title: `${name}: ${count} keys fail together`,
    says: [
      `Since ${iso(since)}, and next to none of its keys answers. An outage looks like this, and so does a revocation of all of them.`,
      'None of them is called dead for now; they are asked again every 15 minutes.',
    ],
    todo: [`Look at ${name}'s status page, and ask whether somebody has revoked them all.`],
  }
}

/** Its end, told to all who were told of its beginning: the provider lets keys in again, or all of them are dead. */
export function outageOverTold(
  { provider, name }: Provider,
  { since, lives, now }: { readonly since: number; readonly lives: boolean; readonly now: number },
): Transition {
  return {
    id: transitionId('outage_over', provider, String(since)),
    ends: beginning(provider, since),
    kind: 'outage_over',
    at: now,
    provider,
    severity: 'warning',
    title: lives ? `${name}: keys are let in again` : `${name}: keys are refused for good`,
    says: [
      `It lasted ${span(now - since)}, from ${iso(since)} to ${iso(now)}.`,
      ...(lives ? [] : ['It was no outage, or none of the keys has outlived it: each that died is told by itself.']),
    ],
    todo: lives ? [] : ['Find out who has revoked them all, and give their services new ones.'],
  }
}

function beginning(provider: string, since: number): string {
  return transitionId('outage', provider, String(since))
}
