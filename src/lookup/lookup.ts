import type { Lookup } from '../catalog/sources.ts'
import type { Source } from '../catalog/vocabulary.ts'
import { entriesOf, type Page, pagesOf } from '../engine/pages.ts'
import { type Asking, canBeFound, isMeant, prepared } from '../engine/steps.ts'
import type { Facts, Looked, Stop } from '../model/reading.ts'
import type { Answer, SafeRequest } from '../model/request.ts'
import type { Judged, Verdict } from '../model/verdict.ts'

/** One look-up of one key, ready to be asked. */
export interface LookupPlan extends Asking<Lookup> {
  readonly source: string
  readonly spec: Lookup
  readonly facts: Facts
  /** By the rules of the look-up. */
  readonly judge: (request: SafeRequest, answer: Answer) => Judged
  /** What may leave an answer: declared fields, without secrets. */
  readonly values: (source: Source, page: Page) => readonly string[]
}

/** What a look-up told, and the verdict where that decides. */
export interface Told {
  readonly looked: Looked
  readonly verdict?: Verdict
}

/** Asks about a key without using it. */
export async function lookUp(plan: LookupPlan): Promise<Told> {
  const found: Page[] = []
  let last: Page | undefined
  for await (const { stop, facts } of prepared(plan.spec.before ?? [], plan.facts, plan)) {
    const read = stop ?? (await readInto(found, plan, facts))
    if (!('reply' in read)) return unread(plan, read)
    last = read
    if (found.length > 1) break
  }
  const [only] = found
  if (found.length > 1) return unread(plan, { state: 'partial', why: 'several keys of its list look like this one' })
  if (only !== undefined) return told(plan, only)
  const { absent } = plan.spec
  if (absent === undefined || last === undefined) return unread(plan, notListed)
  const looked: Looked = { source: plan.source, state: 'empty', at: last.sentAt, why: absent.because }
  if (absent.state === 'unknown') return { looked }
  return { looked, verdict: without(plan, last, { state: 'dead', reason: absent.reason, because: absent.because }) }
}

const notListed: Stop = { state: 'empty', why: 'the list does not have it' }

/** Adds what could be the key, and gives the last page; or why a list could not be read to its end. */
async function readInto(found: Page[], plan: LookupPlan, facts: Facts): Promise<Page | Stop> {
  const { spec, make, send } = plan
  if (spec.item !== undefined && !canBeFound(spec.item, facts, plan.parts))
    return { state: 'unavailable', why: 'not asked: too little is known of the key to find it in a list' }
  const entries = (body: unknown): readonly unknown[] => (spec.list === undefined ? [body] : entriesOf(body, spec.list))
  const pages = pagesOf(
    next => make(spec, facts, next),
    { ...spec, accepts: spec.verdict },
    ({ body }) => entries(body).length,
    send,
  )
  let last: Page | undefined
  for (;;) {
    const { value, done } = await pages.next()
    if (done === true) return value ?? last ?? notListed
    last = value
    for (const body of entries(value.reply.body))
      if (spec.item === undefined || isMeant(body, spec.item, facts, plan.parts))
        found.push({ ...value, reply: { ...value.reply, body } })
    if (found.length > 1) return last
  }
}

function told(plan: LookupPlan, page: Page): Told {
  const { spec, source, values } = plan
  const { verdict } = plan.judge(page.request, { reply: page.reply, sentAt: page.sentAt })
  const marks = Object.fromEntries(
    Object.entries(spec.marks ?? {})
      .map(([name, from]) => [name, values(from, page)] as const)
      .filter(([, texts]) => texts.length > 0),
  )
  const identity = Object.fromEntries(
    Object.entries(spec.identity ?? {}).flatMap(([name, from]) => {
      const value = [from]
        .flat()
        .map(each => values(each, page)[0])
        .find(text => text !== undefined)
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
  const looked: Looked = {
    source,
    state: 'ok',
    at: page.sentAt,
    ...(Object.keys(marks).length > 0 && { marks }),
    ...(Object.keys(identity).length > 0 && { identity }),
  }
  if (verdict.state !== 'live' && verdict.state !== 'dead') return { looked }
  return {
    looked,
    verdict: { ...verdict, because: `${verdict.because} Its provider's list says so; it was not used.` },
  }
}

function without(
  { source }: LookupPlan,
  { request, reply, sentAt }: Page,
  says: Pick<Verdict, 'state' | 'reason' | 'because'>,
): Verdict {
  const evidence = {
    request: `${request.method} ${request.origin}${request.path}`,
    at: sentAt,
    status: reply.status,
    note: source,
  }
  return { ...says, checkedAt: sentAt, evidence: [evidence] }
}

function unread({ source }: LookupPlan, { state, why }: Stop): Told {
  return { looked: { source, state, at: new Date().toISOString(), why } }
}
