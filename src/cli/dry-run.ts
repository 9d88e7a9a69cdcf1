import type { Planned } from '../pipeline.ts'

/** What would be sent, a key and its requests at a time; what would not be asked is counted with its reason. */
export function* dryRun(planned: readonly Planned[], to: 'text' | 'json' | 'jsonl'): Generator<string> {
  const rows = requestsOf(planned)
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
  for (const { name, shown, method, url, effect, alternative } of rows) {
    count += 1
    hosts.add(new URL(url.replaceAll(/[{}]/g, '')).host)
    const note = [effect === 'none' ? '' : effect, alternative ? 'only if the ones before do not decide' : '']
      .filter(text => text !== '')
      .join('; ')
    yield `${name.padEnd(11)} ${shown}\n            ${method} ${url}${note === '' ? '' : `  (${note})`}\n`
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
  readonly method: string
  /** With `{part}` holes: the secret is not in it. */
  readonly url: string
  readonly effect: string
  /** Sent only if the requests before it leave the matter open. */
  readonly alternative: boolean
}

function* requestsOf(planned: readonly Planned[]): Generator<Row> {
  for (const { subject, plan, options } of planned) {
    let first = true
    const ways = options?.map(({ credential, plan: own, shown }) => ({ id: credential.id, own, with: shown }))
    for (const way of ways ?? [{ id: subject.id, own: plan, with: subject.candidates?.[0]?.shown }])
      for (const { method, origin, path, effect, provider } of (way.own.sites ?? []).flatMap(({ ladder }) => ladder)) {
        yield {
          id: way.id,
          provider,
          name: subject.name ?? provider,
          kind: subject.kind ?? '',
          shown: way.with === undefined ? subject.shown : `${subject.shown} with ${way.with}`,
          method,
          url: `${origin}${path}`,
          effect,
          alternative: !first,
        }
        first = false
      }
  }
}

function setAsideOf(planned: readonly Planned[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { subject, plan } of planned) {
    const reason = subject.settled?.reason ?? plan.skipped?.reason
    if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  return counts
}
