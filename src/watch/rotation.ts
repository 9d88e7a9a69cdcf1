import type { Assessment, Caller, Rotation, Standing, Transition, TransitionKind, Watched } from '../model/watch.ts'
import { iso, nameOf, show, span, transitionId } from './telling.ts'
import type { Stretch } from './used.ts'

/** One of the two keys of a rotation with what is known of it. */
export interface Side {
  readonly watched: Watched
  readonly standing: Standing
  /** Nobody asks about it. */
  readonly paused: boolean
  readonly callers: readonly Caller[]
  /** From when to when logs show its use without a gap; undefined where no log tells. */
  readonly seen?: Stretch | undefined
}

export interface Sides {
  readonly old: Side
  readonly fresh: Side
}

/** Logs that end earlier than this tell nothing of now; a service of which one part has moved is quiet for so long. */
const settled = 30 * 60_000

/** May the old key be revoked? `yes` needs logs of all the time since the cut-over that would have shown its use, and none of it. */
export function assess({ cutOverAt }: Rotation, { old, fresh }: Sides, now: number): Assessment {
  const moved = new Map(fresh.callers.map(caller => [caller.name, caller]))
  const lately = (old.seen?.until ?? now) - settled
  const stillOnOld = old.callers.filter(
    ({ name, lastAt }) => lastAt > cutOverAt && (lastAt > lately || (moved.get(name)?.lastAt ?? 0) <= lastAt),
  )
  const notOnNew = old.callers.filter(({ name }) => !moved.has(name))
  const gap =
    old.standing.grants === undefined || fresh.standing.grants === undefined
      ? []
      : old.standing.grants.filter(grant => fresh.standing.grants?.includes(grant) !== true)
  const no = [
    ...stillOnOld.map(({ name, known, lastAt }) =>
      known ? `${name} has not moved: it last used the old key at ${iso(lastAt)}` : `${name} used it at ${iso(lastAt)}`,
    ),
    ...(gap.length > 0 ? [`the new key lacks ${gap.join(', ')}`] : []),
    ...(fresh.standing.state === 'dead' ? ['the new key is dead'] : []),
  ]
  if (old.standing.state === 'dead') return { safeToRevoke: 'yes', why: ['it is dead'], stillOnOld, notOnNew, gap }
  if (no.length > 0) return { safeToRevoke: 'no', why: no, stillOnOld, notOnNew, gap }
  const unknown = [
    ...(fresh.standing.state === 'new' ? ['nothing was heard of the new key yet'] : []),
    ...(fresh.standing.doubtedAt === undefined
      ? []
      : [`the new key was refused at ${iso(fresh.standing.doubtedAt)}, to be confirmed`]),
    ...(old.standing.grants !== undefined && fresh.standing.grants === undefined
      ? ['what the new key may do is not known']
      : []),
    ...unseen(old.seen, cutOverAt, now),
    ...notOnNew.map(({ name }) => `${name} used the old key, and was not seen on the new one yet`),
  ]
  if (unknown.length > 0) return { safeToRevoke: 'unknown', why: unknown, stillOnOld, notOnNew, gap }
  const until = iso(old.seen?.until ?? cutOverAt)
  const why = [`nobody used it from ${iso(cutOverAt)} to ${until}, and all who did before use the new one`]
  return { safeToRevoke: 'yes', why, stillOnOld, notOnNew, gap }
}

/** The time since the cut-over of which no log tells, in words. */
function unseen(seen: Stretch | undefined, cutOverAt: number, now: number): readonly string[] {
  if (seen === undefined || seen.until <= cutOverAt) return ['no log shows who used the old key since the cut-over']
  return [
    ...(seen.from > cutOverAt ? [`the logs begin at ${iso(seen.from)}, after the cut-over`] : []),
    ...(seen.until < now - settled ? [`the logs end at ${iso(seen.until)}, ${span(now - seen.until)} ago`] : []),
  ]
}

/** What a rotation has come to: done, or not what it should be after its deadline. */
export function progress(
  rotation: Rotation,
  { old, fresh }: Sides,
  now: number,
): { readonly rotation: Rotation; readonly told: readonly Transition[] } {
  if (rotation.doneAt !== undefined) return { rotation, told: [] }
  const names = `${nameOf(old.watched)} → ${nameOf(fresh.watched)}`
  const tell = (kind: TransitionKind, words: Pick<Transition, 'severity' | 'title' | 'says' | 'todo'>): Transition => ({
    id: transitionId(kind, `${rotation.old} ${rotation.new}`, String(rotation.deadline)),
    kind,
    at: now,
    watched: kind === 'new_does_not_work' ? rotation.new : rotation.old,
    provider: old.watched.provider,
    ...words,
  })
  if (old.standing.state === 'dead' && fresh.standing.state === 'live' && !fresh.paused) {
    const says = [`The old key is dead since ${iso(old.standing.since)}, the new one works.`]
    const done = tell('rotated', { severity: 'info', title: `${names}: the rotation is done`, says, todo: [] })
    return { rotation: { ...rotation, doneAt: now }, told: [done] }
  }
  if (now < rotation.deadline) return { rotation, told: [] }
  const late = `The deadline was ${iso(rotation.deadline)}, ${span(now - rotation.deadline)} ago.`
  const { safeToRevoke, why } = assess(rotation, { old, fresh }, now)
  const asleep = ({ paused, watched: { id }, standing: { checkedAt } }: Side): readonly string[] =>
    paused
      ? [
          `It is paused${checkedAt === undefined ? '' : `, and was last asked about at ${iso(checkedAt)}`}: afterleak watch resume ${id}`,
        ]
      : []
  const told: Transition[] = []
  // Doubt is settled within minutes; what is decided then is told then.
  if (old.standing.state !== 'dead' && old.standing.doubtedAt === undefined)
    told.push(
      tell('old_still_works', {
        severity: 'critical',
        title: `${nameOf(old.watched)} should be dead, and ${old.standing.state === 'live' && !old.paused ? 'works' : 'nothing says that it is'}`,
        says: [late, ...asleep(old), `Safe to revoke: ${safeToRevoke} — ${why.join('; ')}.`],
        todo: [`Revoke it, or find out why that has not been done: ${show(old.watched)}`],
      }),
    )
  if (fresh.standing.state !== 'live' || fresh.paused)
    told.push(
      tell('new_does_not_work', {
        severity: 'critical',
        title: `${nameOf(fresh.watched)} should work, and ${fresh.standing.state === 'dead' ? 'is dead' : 'nothing says that it does'}`,
        says: [late, ...asleep(fresh)],
        todo: ['Give its services a key that works, before the old one is revoked.'],
      }),
    )
  const fresher = told.filter(({ kind }) => !rotation.told.includes(kind))
  return { rotation: { ...rotation, told: [...rotation.told, ...fresher.map(({ kind }) => kind)] }, told: fresher }
}
