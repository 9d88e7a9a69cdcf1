import { describe, expect, it } from 'vitest'
import type { Caller, Rotation, Standing } from '../../src/model/watch.ts'
import { assess as assessed, progress, type Side, type Sides } from '../../src/watch/rotation.ts'
import { hour, minute, standing, start, watched } from './support.ts'

const cutOver = start + hour
const rotation: Rotation = { old: 'old', new: 'new', cutOverAt: cutOver, deadline: start + 5 * hour, told: [] }

function side(id: string, more: Partial<Standing> = {}, callers: readonly Caller[] = [], until?: number): Side {
  return {
    watched: watched(id),
    standing: standing(more),
    paused: false,
    callers,
    ...(until && { seen: { from: start, until } }),
  }
}

const assess = (of: Rotation, sides: Sides, now = seen) => assessed(of, sides, now)

function caller(name: string, from: number, to: number, known = true): Caller {
  return { name, known, firstAt: start + from, lastAt: start + to, actions: [] }
}

const seen = start + 4 * hour

describe('the deadline of a rotation with a paused key', () => {
  it('is an alarm all the same, and takes nothing for known that nobody asked about since', () => {
    const old = { ...side('old', { state: 'live', checkedAt: start }), paused: true }
    const fresh = { ...side('new', { checkedAt: start }), paused: true }
    const { told, rotation: after } = progress(rotation, { old, fresh }, rotation.deadline)
    expect(told.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
      expect.stringMatching(/^old_still_works .* should be dead, and nothing says that it is$/),
      expect.stringMatching(/^new_does_not_work .* should work, and nothing says that it does$/),
    ])
    expect(told[0]?.says).toContain(
      'It is paused, and was last asked about at 2026-11-02 00:00Z: afterleak watch resume old',
    )
    expect(told[0]?.says.at(-1)).toMatch(/^Safe to revoke: unknown — no log shows who used the old key/)
    expect(progress(after, { old, fresh }, rotation.deadline + hour).told).toEqual([])
  })
})

describe('whether the old key can be revoked', () => {
  const fresh = side('new', {}, [caller('checkout', 2 * hour, 3 * hour)])

  it('is yes when logs show that all who used it have moved, and nobody uses it', () => {
    const old = side('old', {}, [caller('checkout', 0, 30 * minute)], seen)
    expect(assess(rotation, { old, fresh }).safeToRevoke).toBe('yes')
  })

  it('is unknown without a log, whatever else is known', () => {
    expect(assess(rotation, { old: side('old'), fresh }).safeToRevoke).toBe('unknown')
    expect(assess(rotation, { old: side('old', {}, [], cutOver), fresh }).safeToRevoke).toBe('unknown')
  })

  it('is no while a service or a stranger uses it after the cut-over, and names them', () => {
    const callers = [caller('checkout', 0, 2 * hour), caller('192.0.2.7 curl', 3 * hour, 3 * hour, false)]
    const { safeToRevoke, why, stillOnOld } = assess(rotation, {
      old: side('old', {}, callers, seen),
      fresh: side('new', {}, []),
    })
    expect(safeToRevoke).toBe('no')
    expect(stillOnOld.map(({ name }) => name)).toEqual(['checkout', '192.0.2.7 curl'])
    expect(why[0]).toBe('checkout has not moved: it last used the old key at 2026-11-02 02:00Z')
  })

  it('has moved who used the new key later than the old one', () => {
    const old = side('old', {}, [caller('checkout', 0, 90 * minute)], seen)
    expect(assess(rotation, { old, fresh }).safeToRevoke).toBe('yes')
  })

  it('is unknown while a service was not seen on the new key yet, and names it', () => {
    const old = side('old', {}, [caller('checkout', 0, 0), caller('nightly', 0, 0)], seen)
    const { safeToRevoke, notOnNew } = assess(rotation, { old, fresh })
    expect([safeToRevoke, notOnNew.map(({ name }) => name)]).toEqual(['unknown', ['nightly']])
  })

  it('is no when the new key lacks a right of the old one, and lists it', () => {
    const old = side('old', { grants: ['read', 'refund'] }, [caller('checkout', 0, 0)], seen)
    const lesser = side('new', { grants: ['read'] }, [caller('checkout', 2 * hour, 3 * hour)])
    expect(assess(rotation, { old, fresh: lesser })).toMatchObject({ safeToRevoke: 'no', gap: ['refund'] })
  })

  it('is unknown where the logs begin after the cut-over, or ended a while ago', () => {
    const old = side('old', {}, [caller('checkout', 0, 30 * minute)])
    const within = (from: number, until: number) => ({ ...old, seen: { from, until } })
    expect(assess(rotation, { old: within(cutOver, seen), fresh }).safeToRevoke).toBe('yes')
    const late = assess(rotation, { old: within(cutOver + 1, seen), fresh })
    expect([late.safeToRevoke, late.why]).toEqual([
      'unknown',
      ['the logs begin at 2026-11-02 01:00Z, after the cut-over'],
    ])
    const stale = assess(rotation, { old: within(start, seen), fresh }, seen + 31 * minute)
    expect([stale.safeToRevoke, stale.why]).toEqual(['unknown', ['the logs end at 2026-11-02 04:00Z, 31 min ago']])
  })

  it('is no while a service of which one part has moved still used the old key minutes ago', () => {
    const old = side('old', {}, [caller('checkout', 0, 4 * hour - 2 * minute)], seen)
    const half = side('new', {}, [caller('checkout', 2 * hour, 4 * hour - minute)])
    expect(assess(rotation, { old, fresh: half }).safeToRevoke).toBe('no')
  })

  it('is unknown while the new key is in doubt, or what it may do is not known', () => {
    const old = side('old', { grants: ['read'] }, [caller('checkout', 0, 0)], seen)
    const ofNew = (more: Partial<Standing>) => side('new', more, fresh.callers)
    expect(assess(rotation, { old, fresh: ofNew({ grants: ['read'] }) }).safeToRevoke).toBe('yes')
    expect(assess(rotation, { old, fresh: ofNew({}) }).safeToRevoke).toBe('unknown')
    expect(assess(rotation, { old, fresh: ofNew({ grants: ['read'], doubtedAt: seen }) }).safeToRevoke).toBe('unknown')
  })

  it('is never yes while nothing was heard of the new key, or it is dead', () => {
    const old = side('old', {}, [], seen)
    expect(assess(rotation, { old, fresh: side('new', { state: 'new' }) }).safeToRevoke).toBe('unknown')
    expect(assess(rotation, { old, fresh: side('new', { state: 'dead' }) }).safeToRevoke).toBe('no')
  })
})

describe('a rotation', () => {
  const told = (old: Partial<Standing>, fresh: Partial<Standing>, at: number, from = rotation) => {
    const { told: said, rotation: after } = progress(from, { old: side('old', old), fresh: side('new', fresh) }, at)
    return { kinds: said.map(({ kind }) => kind), after }
  }

  it('is done once the old key is dead and the new one works', () => {
    const { kinds, after } = told({ state: 'dead' }, {}, start + 2 * hour)
    expect([kinds, after.doneAt]).toEqual([['rotated'], start + 2 * hour])
    expect(told({ state: 'dead' }, {}, start + 3 * hour, after).kinds).toEqual([])
  })

  it('raises no alarm before its deadline', () => {
    expect(told({}, { state: 'dead' }, rotation.deadline - 1).kinds).toEqual([])
  })

  it('raises each alarm once after its deadline, and is done when it is mended', () => {
    const { kinds, after } = told({}, { state: 'new' }, rotation.deadline)
    expect(kinds).toEqual(['old_still_works', 'new_does_not_work'])
    expect(told({}, { state: 'new' }, rotation.deadline + hour, after).kinds).toEqual([])
    expect(told({ state: 'dead' }, {}, rotation.deadline + hour, after).kinds).toEqual(['rotated'])
  })

  it('waits for a doubt to be settled, which takes minutes', () => {
    expect(told({ doubtedAt: rotation.deadline - minute }, {}, rotation.deadline).kinds).toEqual([])
  })

  it('is not done where the old key is only silent', () => {
    expect(told({ undecided: 5 }, {}, rotation.deadline + 1).kinds).toEqual(['old_still_works'])
  })
})
