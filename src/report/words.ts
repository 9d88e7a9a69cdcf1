import type { Case } from '../model/credential.ts'
import type { Warning } from '../model/finding.ts'
import type { Run } from '../model/run.ts'
import type { Connection, Reason } from '../model/verdict.ts'
import { clean } from './clean.ts'

const reasonPhrases: Readonly<Record<Reason, string>> = {
  works: 'works',
  limited: 'limited rights',
  ip_restricted: 'bound to other addresses',
  sso_required: 'needs single sign-on',
  locked: 'account locked',
  revoked: 'revoked',
  expired: 'expired',
  disabled: 'disabled',
  rejected: 'rejected',
  rate_limited: 'rate limited',
  unreachable: 'unreachable',
  provider_error: 'provider error',
  unrecognised: 'answer not recognised',
  locked_out: 'provider refuses to judge',
  ambiguous_pair: 'pair or host in doubt',
  unreliable: 'any key is accepted',
  cancelled: 'not finished',
  no_validator: 'no validator',
  incomplete: 'a part is missing',
  redacted: 'redacted',
  canary: 'canary',
  not_a_secret: 'meant to be public',
  malformed: 'malformed',
  needs_host: 'host not known',
  out_of_scope: 'out of scope',
  no_check: 'no safe check',
  effect: 'the check has an effect',
  no_touch: 'not to be touched',
}

/** A reason in plain words, fit to follow a number: `4 redacted`. */
export function reasonWords(reason: Reason): string {
  return reasonPhrases[reason]
}

/** `1 place`, `4,112 places`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`
}

/** With commas, whatever the machine's language: `4,112`. */
export function number(n: number): string {
  return n.toLocaleString('en-US')
}

/** `12 rejected, 3 expired`: the reasons of some cases in words, the most frequent first. */
export function reasonCounts(cases: readonly Case[]): string {
  const counts = new Map<Reason, number>()
  for (const { verdict } of cases) counts.set(verdict.reason, (counts.get(verdict.reason) ?? 0) + 1)
  const sorted = [...counts].toSorted((a, b) => b[1] - a[1])
  return sorted.map(([reason, n]) => `${number(n)} ${reasonWords(reason)}`).join(', ')
}

/** The provider as people write it. */
export function nameOf({ name, provider }: Pick<Case, 'name' | 'provider'>): string {
  return name ?? provider ?? 'unidentified'
}

const firstFields = ['account', 'organisation', 'organization', 'owner', 'user', 'role']

/** Who and what the key belongs to, the account first: `acct_1032 · Falko Inc · admin`. Empty where nothing is known. */
export function identityWords(identity: Readonly<Record<string, string>> | undefined): string {
  const values = [...new Set(identityFields(identity).map(spoken))].filter(value => value !== '')
  return values.filter(value => !values.some(other => other !== value && repeats(other, value))).join(' · ')
}

/** A bare yes or no says nothing without its question. */
function spoken([field, value]: readonly [string, string]): string {
  if (value === 'true') return field.replaceAll('_', ' ')
  if (value === 'false') return field === 'mfa' ? 'no second factor' : ''
  return value
}

/** An account number beside an ARN that holds it says nothing new. */
function repeats(other: string, value: string): boolean {
  return value.length >= 6 && other.includes(value)
}

/** The fields of an identity, those that people ask for first in front; empty ones left out. */
export function identityFields(identity: Readonly<Record<string, string>> | undefined): readonly [string, string][] {
  return Object.entries(identity ?? {})
    .filter(([, value]) => value !== '')
    .toSorted(([a], [b]) => fieldRank(a) - fieldRank(b))
}

function fieldRank(field: string): number {
  return firstFields.includes(field) ? firstFields.indexOf(field) : firstFields.length
}

/** `2026-11-24 10:42 UTC`, or the text itself where it is no time. */
export function moment(iso: string): string {
  const at = new Date(iso)
  return Number.isNaN(at.getTime()) ? iso : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** The day of a time: `2026-11-24`. */
export function day(iso: string): string {
  const at = new Date(iso)
  return Number.isNaN(at.getTime()) ? iso : at.toISOString().slice(0, 10)
}

/** `2026-11-24 10:02–10:07 UTC`: when the verdicts of a run were taken. */
export function span({ started, finished }: Pick<Run, 'started' | 'finished'>): string {
  const [from, to] = [moment(started), moment(finished)]
  if (from === to || day(started) !== day(finished)) return from === to ? from : `${from} to ${to}`
  return `${from.slice(0, 16)}–${to.slice(11)}`
}

/** A sentence that ends as one. */
export function sentence(text: string): string {
  return text === '' || /[.!?…]$/.test(text) ? text : `${text}.`
}

/** `gitleaks.json:812: not JSON.` */
export function warningText({ file, line, message }: Warning): string {
  return clean(`${file}${line === undefined ? '' : `:${line}`}: ${message}`)
}

/** `203.0.113.9 psql since 2026-11-24 10:42 UTC (SELECT)`: one connection to a database. */
export function connectionWords({ ip, client, since, at, action }: Connection): string {
  const when = since === undefined ? (at === undefined ? '' : `last ${moment(at)}`) : `since ${moment(since)}`
  const did = action === undefined ? '' : `(${action})`
  return [ip ?? 'local', client, when, did].filter(word => word !== undefined && word !== '').join(' ')
}
