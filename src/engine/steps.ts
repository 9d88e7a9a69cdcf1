import type { Item } from '../catalog/listing.ts'
import { linear } from '../catalog/matcher.ts'
import type { Step } from '../catalog/sources.ts'
import type { Parts } from '../model/credential.ts'
import { at, isRecord } from '../model/path.ts'
import type { Facts, Made, Next, Stop } from '../model/reading.ts'
import type { Reply, Send } from '../model/request.ts'
import { entriesOf, pagesOf } from './pages.ts'
import { isSignedBy } from './signed-by.ts'
import { valueAt, valueIn } from './value-in.ts'

/** A source, as far as its steps need to know it. */
type Asked = { readonly needs?: string | undefined }

/** Whom a source is read for, and how its requests are made. */
export interface Asking<Spec extends Asked> {
  readonly spec: Spec
  readonly make: (asked: Step | Spec, facts: Facts, next?: Next) => Made
  /** Of the leaked key: entries of lists are held against them. */
  readonly parts: Parts
  readonly send: Send
}

/** What the steps before a source came to: the facts for one request of it; or why there is none. */
export type Prepared =
  | { readonly facts: Facts; readonly note?: string; readonly stop?: undefined }
  | { readonly stop: Stop; readonly facts?: undefined }

const absent: Stop = { state: 'unavailable', why: 'the key is not in the list that its provider keeps' }
const several: Stop = { state: 'unavailable', why: 'several keys of its list look like this one' }

/**
 * Walks the steps before a source; one that lists what is to be asked one by one gives several. A key that a list shows
 * only the ends of is meant only where no other looks like it, in all lists together.
 */
export async function* prepared<Spec extends Asked>(
  steps: readonly Step[],
  facts: Facts,
  asking: Asking<Spec>,
): AsyncGenerator<Prepared> {
  const alike = new Set<string>()
  const found: Prepared[] = []
  let missing = false
  for await (const each of walked(steps, facts, asking, alike)) {
    if (each.stop === absent) missing = true
    else if (steps.some(isGuess)) found.push(each)
    else {
      found.length = 1
      yield each
    }
  }
  if (alike.size > 1) yield { stop: several }
  else if (steps.some(isGuess)) yield* found
  if (missing && found.length === 0) yield { stop: absent }
}

/** `alike` takes what was found by nothing but the characters that a list shows. */
async function* walked<Spec extends Asked>(
  steps: readonly Step[],
  facts: Facts,
  asking: Asking<Spec>,
  alike: Set<string>,
): AsyncGenerator<Prepared> {
  const [step, ...rest] = steps
  if (step === undefined) {
    yield { facts }
    return
  }
  let found = 0
  const pages = pagesOf(
    next => asking.make(step, facts, next),
    { ...step, needs: asking.spec.needs },
    reply => listed(step, reply).length,
    asking.send,
  )
  for (;;) {
    const { value, done } = await pages.next()
    if (done === true) {
      if (value !== undefined && step.otherwise !== undefined && found === 0)
        for (const other of step.otherwise.facts)
          for await (const each of walked(rest, { ...facts, ...other }, asking, alike))
            yield each.stop === undefined ? { ...each, note: step.otherwise.why } : each
      else if (value !== undefined) yield { stop: value }
      else if (found === 0) yield { stop: absent }
      return
    }
    for (const entry of entriesFor(step, value.reply, facts, asking.parts)) {
      const taken = takenFrom(step, { ...value.reply, body: entry }, facts)
      if (taken === undefined) continue
      found += 1
      if (isGuess(step)) alike.add(JSON.stringify(taken))
      yield* walked(rest, { ...facts, ...taken }, asking, alike)
      if (step.each === undefined && !isGuess(step)) return
    }
  }
}

function isGuess({ item }: Step): boolean {
  return item !== undefined && ('hint' in item || 'ends' in item || 'starts' in item)
}

function listed({ list }: Step, { body }: Reply): readonly unknown[] {
  return list === undefined ? [body] : entriesOf(body, list)
}

function entriesFor(step: Step, reply: Reply, facts: Facts, parts: Parts): readonly unknown[] {
  const entries = listed(step, reply)
  const { item } = step
  return item === undefined ? entries : entries.filter(entry => isMeant(entry, item, facts, parts))
}

function takenFrom({ take }: Step, reply: Reply, facts: Facts): Facts | undefined {
  const taken: Record<string, string> = {}
  for (const [name, source] of Object.entries(take)) {
    const value = valueIn(source, reply, facts)
    if (value === undefined) return undefined
    taken[name] = value
  }
  return taken
}

/** Fewer characters than this of a key, behind the prefix that all have, say little about which one it is. */
const tellingCharacters = 4

/** Whether an entry of a list is the leaked key, by an id or by the characters of it that the list shows. */
export function isMeant(entry: unknown, item: Item, facts: Facts, parts: Parts): boolean {
  if ('is' in item)
    return Object.entries(item.is).every(([path, template]) => {
      const wanted = filled(template, facts, parts)
      return wanted !== undefined && valueAt(entry, path) === wanted
    })
  if ('has' in item) {
    const wanted = filled(item.has, facts, parts)
    return wanted !== undefined && isRecord(entry) && Object.hasOwn(entry, wanted)
  }
  if ('signs' in item) {
    const token = parts[item.signs]
    return token?.public === false && token.secret.digest(text => isSignedBy(text, entry))
  }
  const shown = at(entry, 'hint' in item ? item.hint : 'ends' in item ? item.ends : item.starts)
  const part = parts[item.part]
  if (typeof shown !== 'string' || part === undefined) return false
  const [before, after] = 'hint' in item ? endsIn(shown) : 'ends' in item ? ['', shown] : beginning(shown, item.find)
  const telling = ('hint' in item ? before.replace(/^.*[-_.]/, '') : before).length + after.length
  if (telling < ('starts' in item ? 3 : tellingCharacters)) return false
  const test = (text: string): boolean =>
    text.length > before.length + after.length && text.startsWith(before) && text.endsWith(after)
  return part.public ? test(part.text) : part.secret.digest(test)
}

/** `20f*****`, alone or within a longer text: what stands before the stars. */
function beginning(shown: string, find: string | undefined): readonly [string, string] {
  const text = find === undefined ? shown : (linear(find).within(shown)[0] ?? '')
  return [/^[^*.…]*/.exec(text)?.[0] ?? '', '']
}

/** Whether all is known of the key that its entry is found by. */
export function canBeFound(item: Item, facts: Facts, parts: Parts): boolean {
  if ('is' in item) return Object.values(item.is).every(template => filled(template, facts, parts) !== undefined)
  if ('has' in item) return filled(item.has, facts, parts) !== undefined
  return parts['signs' in item ? item.signs : item.part] !== undefined
}

/** `sk-proj-abc…wxyz`, `****1234`, `sk-ant-R2D...igAA`: what stands before and after dots or stars. */
function endsIn(shown: string): readonly [string, string] {
  const [, before = '', after = ''] = /^([^*.…]*)(?:[*…]+|\.{2,})([^*…]*)$/.exec(shown) ?? []
  return [before, after]
}

/** Only with what is not secret: ids are compared, keys by their ends. */
function filled(template: string, facts: Facts, parts: Parts): string | undefined {
  let whole = true
  const text = template.replaceAll(/\{([a-z][a-z0-9_]*)\}/g, (_, name: string) => {
    const part = parts[name]
    const value = part?.public === true ? part.text : facts[name]
    if (value === undefined) whole = false
    return value ?? ''
  })
  return whole ? text : undefined
}
