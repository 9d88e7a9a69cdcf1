import { createHash } from 'node:crypto'
import type { Standing, Transition, TransitionKind, Watched } from '../model/watch.ts'
import type { Change, ChangeKind } from './observe.ts'

/** What a change of a watched key is told with. */
export interface Told {
  readonly watched: Watched
  readonly before: Standing
  readonly after: Standing
  readonly now: number
  /** The provider's answer in a sentence. */
  readonly because: string
  /** It should live: it has taken another's place; or these services of the user's own used it lately. */
  readonly needed?: { readonly isNew: boolean; readonly by: readonly string[] } | undefined
  /** How it is revoked, and where. */
  readonly runbook?: { readonly where: string; readonly steps: readonly string[] } | undefined
}

type Words = Pick<Transition, 'severity' | 'title' | 'says' | 'todo'>

/** A change of a watched key in words. */
export function toldOf({ kind, about }: Change, told: Told): Transition {
  const { watched, now } = told
  return {
    id: transitionId(kind, watched.id, about),
    kind,
    at: now,
    watched: watched.id,
    provider: watched.provider,
    ...words[kind](told, about),
  }
}

/** The same for the same fact, wherever and however often it is seen: a receiver can leave out what it had before. */
export function transitionId(kind: TransitionKind, subject: string, about: string): string {
  return createHash('sha256').update(`${kind}\0${subject}\0${about}`).digest('hex').slice(0, 24)
}

const words: Readonly<Record<ChangeKind, (told: Told, about: string) => Words>> = {
  first_live: told => ({
    severity: told.needed?.isNew ? 'info' : 'warning',
    title: `${nameOf(told.watched)} works`,
    says: [told.because],
    // What takes another's place is meant to.
    todo: told.needed?.isNew ? [] : revoke(told),
  }),
  died({ watched, before, after, because, needed: { isNew, by } = { isNew: false, by: [] } }) {
    const last = before.liveAt === undefined ? '' : `; it last worked at ${iso(before.liveAt)}`
    const { leakedAt } = watched
    const took = leakedAt === undefined ? [] : [`Time to revoke: ${span(after.since - leakedAt)} after it leaked.`]
    const place = isNew ? ["It has taken an old key's place."] : []
    const users = by.length === 0 ? [] : [`Used in the last week by ${by.join(', ')}.`]
    return {
      severity: isNew ? 'critical' : by.length > 0 ? 'warning' : 'info',
      title: `${nameOf(watched)} is dead`,
      says: [`Refused since ${iso(after.since)}${last}.`, because, ...took, ...place, ...users],
      todo:
        isNew || by.length > 0 ? ['Give its services a key that works, and find out who has revoked this one.'] : [],
    }
  },
  came_back: told => ({
    severity: told.needed?.isNew ? 'warning' : 'critical',
    title: `${nameOf(told.watched)} works again`,
    says: [`It was dead since ${iso(told.before.since)}, and answered at ${iso(told.now)}.`, told.because],
    todo: ['Find out who has brought it back.', ...(told.needed?.isNew ? [] : revoke(told))],
  }),
  rights_grew: (told, about) => ({
    severity: 'critical',
    title: `${nameOf(told.watched)} may do more than before`,
    says: [`New: ${about}.`],
    todo: ['Find out who has given it these rights, and take them back.', ...revoke(told)],
  }),
  expires_soon: ({ watched, now }, about) => ({
    severity: 'warning',
    title: `${nameOf(watched)} expires in ${span(Number(about) - now)}`,
    says: [`At ${iso(Number(about))}.`],
    todo: [replace(watched)],
  }),
  rotation_overdue: ({ watched, now }, about) => ({
    severity: 'warning',
    title: `${nameOf(watched)} should have been replaced ${span(now - Number(about))} ago`,
    says: [`By rotate_every it was due at ${iso(Number(about))}.`],
    todo: [replace(watched)],
  }),
  undecided: ({ watched, after, now, because }) => ({
    severity: 'warning',
    title: `${nameOf(watched)} could not be decided ${after.undecided} times in a row`,
    says: [`Since ${iso(after.undecidedAt ?? now)}. ${because}`],
    todo: [`Look at why: ${show(watched)}`],
  }),
}

function replace({ id }: Watched): string {
  return `Replace it where it is used, then: afterleak watch rotate ${id} NEW --deadline TIME`
}

/** The command that tells all that is known of a key. */
export function show({ id }: Pick<Watched, 'id'>): string {
  return `afterleak watch show ${id}`
}

function revoke({ runbook }: Told): readonly string[] {
  return runbook === undefined ? [] : [`Revoke it at ${runbook.where}`, ...runbook.steps]
}

/** As people call it: its label, or provider and ends. */
export function nameOf({ label, name, shown }: Watched): string {
  return label === undefined ? `${name} ${shown}` : `${label} (${name} ${shown})`
}

export function iso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}Z`
}

/** `40 min`, `3 h`, `12 d`. */
export function span(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000))
  if (minutes < 120) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours < 72 ? `${hours} h` : `${Math.round(hours / 24)} d`
}
