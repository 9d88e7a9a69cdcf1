import type { Keep, Rotation } from '../model/watch.ts'
import type { Entry, WatchList } from '../store/watch-list.ts'
import { sidesOf } from '../watch/open-rotations.ts'
import { assess } from '../watch/rotation.ts'
import { iso, nameOf, span } from '../watch/telling.ts'
import { hanging } from './hanging.ts'
import { inStore } from './in-store.ts'
import { momentFrom } from './moment.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

/** `afterleak watch list`: what is watched, and where each stands. */
export async function watchList(terminal: Terminal, { to }: { readonly to?: string }): Promise<ExitCode> {
  formOf(to)
  return inStore(terminal, async ({ list, now }) => {
    if (to === 'json') await terminal.out(`${JSON.stringify([...list.every()].map(shownAs), undefined, 2)}\n`)
    else for (const entry of list.every()) await terminal.out(lines(entry, now, terminal.width))
    if (list.page('', 1).length === 0)
      terminal.error(
        'Nothing is watched. Begin with: afterleak watch add --provider stripe --part key=env:STRIPE_KEY\n',
      )
    return 0
  })
}

/** `afterleak watch show ID`: one key with what was heard, who used it, and what was told. */
export async function watchShow(terminal: Terminal, word: string, { to }: { readonly to?: string }): Promise<ExitCode> {
  formOf(to)
  return inStore(terminal, async ({ list, now }) => {
    const entry = found(list, word)
    const { id } = entry.watched
    const [callers, history, told] = [list.callers(id), list.history(id), list.transitionsOf(id)]
    const rotations = list.rotations().filter(({ old, new: fresh }) => old === id || fresh === id)
    if (to === 'json') {
      const all = { ...shownAs(entry), callers, history, told, rotations }
      await terminal.out(`${JSON.stringify(all, undefined, 2)}\n`)
      return 0
    }
    const { width } = terminal
    await terminal.out(lines(entry, now, width))
    const used = callers.map(({ name, lastAt }): Line => [lastAt, name])
    await terminal.out(section('Who used it', used, width))
    const changed = told.map(({ at, title }): Line => [at, title])
    await terminal.out(section('What changed', changed, width))
    const heard = history.map(({ at, state, because }): Line => [Number(at), `${String(state)}  ${String(because)}`])
    await terminal.out(section('What was heard', heard, width))
    for (const rotation of rotations) await terminal.out(`\n${rotationText(list, rotation, { now, width })}`)
    return 0
  })
}

/** `afterleak watch pause|resume|remove ID...` */
export async function watchChange(
  terminal: Terminal,
  words: readonly string[],
  what: 'pause' | 'resume' | 'remove',
): Promise<ExitCode> {
  return inStore(terminal, async ({ list }) => {
    for (const { watched } of words.map(word => found(list, word))) {
      const open = list.rotations().find(({ old, new: fresh, doneAt }) => !doneAt && [old, fresh].includes(watched.id))
      if (what === 'remove') list.remove(watched.id)
      else list.pause(watched.id, what === 'pause')
      if (what !== 'resume' && open !== undefined) terminal.error(`${goesOn[what](open)}\n`)
      await terminal.out(`${{ pause: 'paused', resume: 'goes on', remove: 'removed' }[what]}: ${nameOf(watched)}\n`)
    }
    return 0
  })
}

const goesOn = {
  pause: ({ deadline }: Rotation) =>
    `Its rotation goes on: what is not known at ${iso(deadline)} is an alarm all the same.`,
  remove: ({ deadline }: Rotation) =>
    `Its rotation ends with it: no alarm comes at ${iso(deadline)}. afterleak watch rotate OLD NEW begins another.`,
}

/** `afterleak watch rotate OLD NEW`: from now on OLD has to die and NEW to live, until a deadline. */
export async function watchRotate(
  terminal: Terminal,
  words: readonly [string, string],
  { deadline, cutOver }: { readonly deadline: string; readonly cutOver?: string },
): Promise<ExitCode> {
  return inStore(terminal, async ({ list, now, database }) => {
    const [old, fresh] = words.map(word => found(list, word))
    if (old === undefined || fresh === undefined || old.watched.id === fresh.watched.id)
      throw new UsageError('watch rotate OLD NEW: name two different keys that are watched.')
    const rotation: Rotation = {
      old: old.watched.id,
      new: fresh.watched.id,
      deadline: deadlineFrom(deadline, now),
      cutOverAt: momentFrom('--cut-over', cutOver, new Date(now)) ?? now,
      told: [],
    }
    database.atomically(() => {
      list.saveRotation(rotation)
      for (const { watched, standing } of [old, fresh]) list.save(watched, { ...standing, calmFrom: now, nextAt: now })
    })
    for (const { watched, paused } of [old, fresh])
      if (paused) terminal.error(`${nameOf(watched)} is paused: nobody asks about it until afterleak watch resume.\n`)
    await terminal.out(rotationText(list, rotation, { now, width: terminal.width }))
    return 0
  })
}

/** The rotation as screens have it: both keys, who has moved, and whether the old one can go. */
export function rotationText(
  list: WatchList,
  rotation: Rotation,
  { now, width }: { readonly now: number; readonly width: number },
): string {
  const sides = sidesOf(rotation, list)
  if (sides === undefined) return 'One of the two keys is no longer watched.\n'
  const { safeToRevoke, why, stillOnOld, notOnNew, gap } = assess(rotation, sides, now)
  const { old, fresh } = sides
  const users = stillOnOld.map(({ name, lastAt }) => `${name} (${span(now - lastAt)} ago)`)
  const quiet =
    old.seen === undefined ? 'no log shows its use' : `no use since the cut-over; logs end at ${iso(old.seen.until)}`
  const verb = old.standing.state === 'dead' ? 'tried' : 'used'
  const used = users.length > 0 ? `still ${verb}: ${users.join(', ')}` : quiet
  const rights = gap.length > 0 ? `lacks ${gap.join(', ')}` : rightsOf(old.standing.grants, fresh.standing.grants)
  const late = rotation.deadline - now
  const due = late > 0 ? `deadline in ${span(late)}` : `the deadline was ${span(-late)} ago`
  const idle = notOnNew.map(({ name }) => name).join(', ')
  return [
    hanging(`old ${old.watched.shown}  ${old.standing.state}   `, used, width),
    hanging(`new ${fresh.watched.shown}  ${fresh.standing.state}   `, rights, width),
    idle === '' ? '' : hanging('not seen on the new one: ', idle, width),
    hanging(
      `safe to revoke: ${safeToRevoke} — `,
      `${why.join('; ')}; ${rotation.doneAt === undefined ? due : 'done'}`,
      width,
    ),
  ].join('')
}

function rightsOf(old: readonly string[] | undefined, fresh: readonly string[] | undefined): string {
  if (old === undefined || fresh === undefined) return 'its rights are not told by the provider'
  return `has all ${old.length} rights of the old one`
}

function lines({ watched, standing, paused }: Entry, now: number, width: number): string {
  const { state, reason, since, checkedAt, nextAt, doubtedAt, undecided } = standing
  const known =
    state === 'new' ? 'not asked yet' : `${state}${reason === undefined ? '' : `/${reason}`} since ${iso(since)}`
  const doubt = doubtedAt === undefined ? '' : `, refused since ${iso(doubtedAt)}: to be confirmed`
  const silent = undecided > 0 ? `, undecided ${undecided === 1 ? 'once' : `${undecided} times`}` : ''
  const ago = checkedAt === undefined ? '' : span(now - checkedAt)
  const asked = ago === '' ? '' : ago === '0 min' ? 'asked just now, ' : `asked ${ago} ago, `
  const next = paused ? 'paused' : nextAt <= now ? 'due now' : `next in ${span(nextAt - now)}`
  const how = `${asked}${next}; ${ways[watched.keep.by]}`
  return `${nameOf(watched)}  ${watched.id}\n${hanging('  ', `${known}${doubt}${silent}`, width)}${hanging('  ', how, width)}`
}

const ways: Readonly<Record<Keep['by'], string>> = {
  reference: 'value read by its reference',
  encrypted: 'value kept encrypted',
  lookup: 'value not kept',
}

/** A time in milliseconds, and what was then. */
type Line = readonly [at: number, text: string]

function section(title: string, rows: readonly Line[], width: number): string {
  if (rows.length === 0) return ''
  return `\n${title}\n${rows.map(([at, text]) => hanging(`  ${iso(at)}  `, text, width)).join('')}`
}

function formOf(to = 'text'): void {
  if (to !== 'text' && to !== 'json') throw new UsageError(`--to ${to}: it can be written as text or json`)
}

function shownAs({ watched: { keep, ...watched }, standing, paused }: Entry) {
  return { ...watched, keep: keep.by, paused, ...standing }
}

/** By the beginning of its id, its label, or the end of what is shown of it. */
function found(list: WatchList, word: string): Entry {
  const all = word === '' ? [] : [...list.every()]
  const exact = all.filter(({ watched: { id, label } }) => id === word || label === word)
  const like = all.filter(
    ({ watched: { id, shown } }) => id.startsWith(word) || (word.length > 3 && shown.endsWith(word)),
  )
  const fits = exact.length > 0 ? exact : like
  const [only] = fits
  if (only !== undefined && fits.length === 1) return only
  throw new UsageError(
    only === undefined
      ? `"${word}" is not watched. afterleak watch list shows what is.`
      : `"${word}" could be any of ${fits.length}: ${fits
          .slice(0, 3)
          .map(({ watched }) => watched.id)
          .join(', ')}. Write more of its id.`,
  )
}

/** `90m`, `12h`, `3d` from now, or a date. */
function deadlineFrom(text: string, now: number): number {
  const at = momentFrom('--deadline', text, new Date(now)) ?? now
  const deadline = /^\d+[mhd]$/.test(text) ? now + (now - at) : at
  if (deadline > now) return deadline
  throw new UsageError(`--deadline ${text}: that was ${span(now - deadline)} ago; name a time to come.`)
}
