import type { Signal } from '../model/misuse.ts'
import type { Activity } from './activity.ts'
import { maturity } from './constants.ts'
import type { History } from './history.ts'
import type { Setting } from './setting.ts'
import type { Surroundings } from './surroundings.ts'

/** What a family of evidence looks at. */
export interface Case {
  readonly session: Activity
  /** Owner sessions that ended before this one did. */
  readonly history: History
  readonly setting: Setting
  readonly around: Surroundings
}

/** One kind of evidence: a number for a session, or nothing where the log lacks what it needs. */
export type Family = (of: Case) => Signal | undefined

/** How far history may be trusted: 0 without any, toward 1. */
export function trust(sessions: number): number {
  return sessions / (sessions + maturity.half)
}

export function signal(family: string, llr: number, attack: readonly string[], says: string): Signal {
  return { family, llr, attack, says }
}

export function clip(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}

/** `0.8 %`, `12 %`: shares in sentences. */
export function share(value: number): string {
  const percent = value * 100
  return `${percent < 10 ? Number(percent.toPrecision(2)) : Math.round(percent)} %`
}

/** `once in 3,300 cases`; what is rarer than anybody can picture is said so. */
export function rarely(chance: number): string {
  if (chance < 1e-6) return 'less than once in a million cases'
  return `once in ${Number((1 / chance).toPrecision(2)).toLocaleString('en')} cases`
}

/** How often an hour of this chance comes: `once in 7 months`, `once in 12 years`. */
export function seldom(hourly: number): string {
  const months = 1 / Math.max(hourly, 1e-9) / (24 * 30.4)
  if (months < 1) return 'more than once a month'
  if (months < 24) return `once in ${counted(Math.round(months), 'month')}`
  return months > 12_000
    ? 'less than once in a thousand years'
    : `once in ${Number((months / 12).toPrecision(2))} years`
}

/** `1 session`, `12 sessions`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** `a`, `a and b`, `a, b and 3 more`: a list that stays short. */
export function listed(names: readonly string[], most = 3): string {
  if (names.length > most) return `${names.slice(0, most).join(', ')} and ${names.length - most} more`
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}

/** `40 s`, `12 min`, `6 h`, `21 days`. */
export function lasting(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`
}
