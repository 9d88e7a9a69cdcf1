import { expect, it } from 'vitest'
import { byUrgency, type Ranked } from '../../src/priority/order.ts'
import { decided, hoursAgo, inPublic, inside, misuse, own, session, verdict } from './support.ts'

function ranked(id: string, one: Parameters<typeof decided>[0] = {}): Ranked {
  return { id, priority: decided(one), ...(one?.misuse !== undefined && { misuse: one.misuse }) }
}

it('orders by decision, p, impact, time in public, age and id', () => {
  const seen = (p: number) => misuse({ sessions: [session({ p })] })
  const gist = verdict('works', { grants: ['gist'] })
  const order = [
    ranked('now-97', { misuse: seen(0.97) }),
    ranked('now-91', { misuse: seen(0.91) }),
    ranked('look', { verdict: verdict('revoked'), misuse: seen(0.99) }),
    ranked('soon-very-high', { findings: [inPublic], verdict: verdict('unreachable', { grants: ['*'] }) }),
    ranked('soon-longer', { findings: [{ ...inPublic, at: hoursAgo(90) }] }),
    ranked('soon-shorter', { findings: [inPublic] }),
    ranked('later-p', { misuse: misuse({ sessions: [own(3, { p: 0.3 })] }) }),
    ranked('later-old', { findings: [{ ...inside, at: hoursAgo(900) }] }),
    ranked('later-a'),
    ranked('later-b'),
    ranked('later-small', { verdict: gist }),
    ranked('dead', { verdict: verdict('revoked') }),
  ]
  const mixed = order.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  expect(mixed.toSorted(byUrgency).map(({ id }) => id)).toEqual(order.map(({ id }) => id))
  expect(
    mixed
      .toReversed()
      .toSorted(byUrgency)
      .map(({ id }) => id),
  ).toEqual(order.map(({ id }) => id))
})
