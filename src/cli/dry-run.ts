import { type Foreseen, foreseenLookups, foreseenPulls, type Keeping } from '../composition/foreseen.ts'
import type { Planned, Walk } from '../pipeline.ts'

export interface DryRun {
  readonly to: 'text' | 'json' | 'jsonl'
  /** Where keys are kept, if providers' logs would be read too. */
  readonly keeping: Keeping | undefined
}

/** What would be sent, a key and its requests at a time, then logs; what would not be asked is counted with its reason. */
export function* dryRun(planned: readonly Planned[], walk: Walk, { to, keeping }: DryRun): Generator<string> {
  const rows = requestsOf(planned, walk, keeping)
  const setAside = setAsideOf(planned)
  if (to === 'jsonl') {
    for (const row of rows) yield `${JSON.stringify(row)}\n`
    return
  }
  if (to === 'json') {
    yield '{"schema":1,"requests":['
    let first = true
    for (const row of rows) {
      yield `${first ? '' : ','}\n${JSON.stringify(row)}`
      first = false
    }
    yield `\n],"setAside":${JSON.stringify(Object.fromEntries(setAside))}}\n`
    return
  }
  let count = 0
  const hosts = new Set<string>()
  for (const row of rows) {
    count += 1
    hosts.add(/^[a-z]+:\/\/([^/]*)/.exec(row.url)?.[1] ?? '')
    const note = notesOf(row).join('; ')
    yield `${row.name.padEnd(11)} ${row.shown}\n            ${row.method} ${row.url}${note === '' ? '' : `  (${note})`}\n`
  }
  const aside = [...setAside].map(([reason, number]) => `${number} ${reason}`).join(', ')
  yield `\nNothing was sent. ${count} requests to ${hosts.size} hosts would be${aside === '' ? '' : `; set aside: ${aside}`}.\n`
}

interface Row {
  readonly id: string
  readonly provider: string
  readonly name: string
  readonly kind: string
  readonly shown: string
  /** Before the key is touched, to check it, or to see who used it. */
  readonly use: 'lookup' | 'probe' | 'usage'
  /** Whose credential asks. */
  readonly with: Foreseen['with']
  /** The look-up or the log. */
  readonly source?: string
  readonly method: string
  /** With `{part}` holes: the secret is not in it. */
  readonly url: string
  readonly effect: string
  /** Sent only if the requests before it leave the matter open; of a log, only if the key turns out to work. */
  readonly alternative: boolean
  /** Sent once, though it is for several keys. */
  readonly once?: true
}

const asks = { admin: 'with your own credential', key: 'with the key itself', nobody: 'with no credential' } as const

function notesOf({ use, source, with: by, effect, alternative, once }: Row): readonly string[] {
  const open = use === 'probe' ? 'only if the ones before do not decide' : 'only if it works'
  return [
    ...(use === 'probe' ? [] : [`${use === 'lookup' ? 'look-up' : 'log'} ${source?.split(' ')[1] ?? ''} ${asks[by]}`]),
    ...(effect === 'none' ? [] : [effect]),
    ...(alternative ? [open] : []),
    ...(once === true ? ['once for all of its keys'] : []),
  ]
}

function* requestsOf(planned: readonly Planned[], walk: Walk, keeping: Keeping | undefined): Generator<Row> {
  const sent = new Set<string>()
  /** What is remembered is not asked again. */
  const isNew = ({ ids, provider, use, method, url, ofAll }: Foreseen): boolean => {
    const question = `${use} ${ofAll ? provider : ids.join(' ')} ${method} ${url}`
    return !sent.has(question) && sent.add(question).size > 0
  }
  for (const one of planned) {
    const { subject, plan, options } = one
    for (const row of foreseenLookups(one, walk))
      if (isNew(row)) yield { ...about(subject), ...told(row), alternative: false }
    let first = true
    const ways = options?.map(({ credential, plan: own, shown }) => ({ id: credential.id, own, with: shown }))
    for (const way of ways ?? [{ id: subject.id, own: plan, with: subject.candidates?.[0]?.shown }])
      for (const { method, origin, path, effect, provider } of (way.own.sites ?? []).flatMap(({ ladder }) => ladder)) {
        const { name, kind } = about(subject)
        const shown = way.with === undefined ? subject.shown : `${subject.shown} with ${way.with}`
        const url = `${origin}${path}`
        yield {
          id: way.id,
          provider,
          name,
          kind,
          shown,
          use: 'probe',
          with: 'key',
          method,
          url,
          effect,
          alternative: !first,
        }
        first = false
      }
  }
  if (keeping === undefined) return
  const subjects = new Map(planned.map(({ subject }) => [subject.id, subject]))
  for (const row of foreseenPulls(planned, walk, Date.now(), keeping)) {
    const [subject] = row.ids.flatMap(id => subjects.get(id) ?? [])
    if (subject !== undefined && isNew(row)) yield { ...about(subject), ...told(row), alternative: row.with === 'key' }
  }
}

function told({ ids, ofAll, ...row }: Foreseen) {
  return { ...row, ...((ofAll === true || ids.length > 1) && { once: true as const }) }
}

function about({ id, name, provider, kind, shown }: Planned['subject']) {
  return { id, provider: provider ?? '', name: name ?? provider ?? '', kind: kind ?? '', shown }
}

function setAsideOf(planned: readonly Planned[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { subject, plan } of planned) {
    const reason = subject.settled?.reason ?? plan.skipped?.reason
    if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  return counts
}
