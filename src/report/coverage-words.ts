import type { Coverage } from '../model/usage.ts'
import { day, sentence } from './words.ts'

/** Whose use a log shows. */
export const whose: Readonly<Record<Coverage['covers'], string>> = {
  key: 'this key alone',
  owner: 'all keys of its owner',
  account: 'the whole account',
}

/** Whether there is something of a log to go by, if not all. */
export function wasRead({ state }: Coverage): boolean {
  return state === 'ok' || state === 'empty' || state === 'partial'
}

const tellingFirst: readonly Coverage['state'][] = ['ok', 'partial', 'empty']

/** `cloudtrail, 2026-08-26 to 2026-11-24 (this key alone)`: what was read, the most telling first; what is the same of several logs is said once. */
export function lookedAt(coverage: readonly Coverage[]): readonly string[] {
  const read = coverage
    .filter(wasRead)
    .toSorted((one, other) => tellingFirst.indexOf(one.state) - tellingFirst.indexOf(other.state))
  return together(read, one => [spanOf(one)]).map(({ sources, text }) => `${sources}${text}`)
}

function spanOf({ state, window, covers, lag }: Coverage): string {
  const [from, to] = [window?.from, window?.to].map(time => (time === undefined ? '' : day(time)))
  const when = from === '' ? '' : `, ${from === to ? from : `${from} to ${to}`}`
  const late = lag === undefined ? '' : `; late by ${lag}`
  return `${when}${state === 'empty' ? ', nothing in it' : ''} (${whose[covers]}${late})`
}

/** Why a log was not read, or in part only; then what those that were read can not show. */
export function notSeen(coverage: readonly Coverage[]): readonly string[] {
  const unread = coverage.filter(({ state }) => state !== 'ok' && state !== 'empty')
  const blind = together(coverage.filter(wasRead), one => one.blind ?? [])
  const shared = new Map<string, string[]>()
  for (const { sources, text } of blind)
    if (sources.includes(', ')) shared.set(sources, [...(shared.get(sources) ?? []), text])
  return [
    ...together(unread, ({ state, why }) => [why ?? state.replaceAll('_', ' ')]),
    ...blind.filter(({ sources }) => !shared.has(sources)),
    ...[...shared].map(([sources, texts]) => ({ sources, text: texts.join('; ') })),
  ].map(({ sources, text }) => `${sources}: ${ending(text)}`)
}

function together(
  coverage: readonly Coverage[],
  texts: (one: Coverage) => readonly string[],
): readonly { readonly sources: string; readonly text: string }[] {
  const found = new Map<string, string[]>()
  for (const one of coverage)
    for (const text of texts(one)) {
      const sources = found.get(text) ?? []
      if (!sources.includes(one.source)) sources.push(one.source)
      found.set(text, sources)
    }
  return [...found].map(([text, sources]) => ({ sources: sources.join(', '), text }))
}

/** An address with a full stop behind it could not be copied. */
function ending(text: string): string {
  return /https?:\/\/[^\s)]+$/.test(text) ? text : sentence(text)
}
