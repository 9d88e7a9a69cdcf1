import type { Finding, Place } from '../model/finding.ts'
import type { Secret } from '../model/secret.ts'
import type { Draft } from './format.ts'
import { hiddenIn } from './hidden.ts'
import { isMask } from './mask.ts'
import { when } from './when.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** What holds for every finding of one input. */
export interface Finishing {
  readonly secret: (text: string) => Secret
  readonly provider?: string | undefined
  /** The scanner that the user named, for a format that any scanner can write. */
  readonly tool?: string | undefined
}

/** Turns a format's plain words into a finding: the only place where a secret's text becomes a `Secret`. */
export function finish(draft: Draft, options: Finishing): Finding | undefined {
  const found = words(draft.value)
  const masked = draft.redacted === true || (found !== undefined && isMask(found))
  const value = masked ? undefined : found
  const parts = masked || draft.parts === undefined ? undefined : secrets(draft.parts, options.secret)
  const place = placed(draft)
  const rule = words(draft.rule)
  const isKnown = rule !== undefined || 'file' in place || 'url' in place || draft.earlier !== undefined
  if (found === undefined && parts === undefined && !isKnown) return undefined

  const finding: Writable<Finding> = { tool: options.tool ?? draft.tool, place }
  if (rule !== undefined && !holds(rule, value)) finding.rule = rule
  const provider = words(draft.provider) ?? options.provider
  if (provider !== undefined) finding.provider = provider
  if (value !== undefined) finding.value = options.secret(value)
  if (parts !== undefined) finding.parts = parts
  if (value === undefined && parts === undefined) {
    finding.redacted = true
    const hidden = hiddenIn(draft, found)
    if (hidden !== undefined) finding.hidden = hidden
  }
  if (draft.earlier !== undefined) finding.earlier = draft.earlier
  if (draft.incidental) finding.incidental = true
  const hint = draft.hint === undefined ? undefined : words(draft.hint)
  if (hint !== undefined && !holds(hint, value)) finding.hint = hint.slice(0, 500)
  if (draft.prior !== undefined) finding.prior = draft.prior
  return finding
}

function placed(draft: Draft): Place {
  const place: Writable<Place> = {}
  const file = words(draft.file)
  if (file !== undefined) place.file = file
  const line = count(draft.line)
  if (line !== undefined) place.line = line
  const column = count(draft.column)
  if (column !== undefined) place.column = column
  const commit = words(draft.commit)
  if (commit !== undefined) place.commit = commit
  const url = words(draft.url)
  if (url !== undefined) place.url = url
  const author = words(draft.author)
  if (author !== undefined && !isMask(author)) place.author = author
  const date = words(draft.at)
  const at = date === undefined ? undefined : when(date)
  if (at !== undefined) place.at = at
  if (draft.exposure !== undefined) place.exposure = draft.exposure
  const repository = words(draft.repository)
  if (repository !== undefined) place.repository = withoutLogin(repository)
  if (draft.medium !== undefined) place.medium = draft.medium
  return place
}

/** `https://user:password@host/…`, as Git's configuration can have it. */
function withoutLogin(address: string): string {
  return address.includes('@') ? address.replace(/:\/\/[^/@]*@/, '://') : address
}

function secrets(parts: NonNullable<Draft['parts']>, secret: Finishing['secret']): Finding['parts'] {
  const named: [string, Secret][] = []
  for (const [name, part] of Object.entries(parts)) {
    const text = words(part)
    if (text !== undefined && !isMask(text)) named.push([name, secret(text)])
  }
  return named.length === 0 ? undefined : Object.fromEntries(named)
}

function holds(text: string, value: string | undefined): boolean {
  return value !== undefined && value.length >= 8 && text.includes(value)
}

/** Text that says something, or a number as text. */
function words(value: unknown): string | undefined {
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : undefined
  const padded = value.charCodeAt(0) <= 32 || value.charCodeAt(value.length - 1) <= 32
  const text = padded ? value.trim() : value
  return text === '' ? undefined : text
}

/** A line or column, which count from 1. */
function count(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined
}
