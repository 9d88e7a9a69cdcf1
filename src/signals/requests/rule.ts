import type { UsageEvent } from '../../model/usage.ts'
import type { Setting } from '../setting.ts'

/** How seldom owners ask for it: the numbers are in constants.ts. */
export type Strength = 'strong' | 'medium' | 'weak'

export interface Request {
  readonly event: Omit<UsageEvent, 'credential'>
  readonly parameters: Readonly<Record<string, unknown>>
  readonly setting: Setting
}

/** A request that is telling by what it asks for. */
export interface RequestRule {
  readonly rule: string
  /** Operations, with spaces between where their names have none: `service:Action` of AWS, names in lower case of others. */
  readonly on: string | readonly string[]
  readonly strength: Strength
  /** MITRE ATT&CK techniques. */
  readonly attack: readonly string[]
  /** Without what it asks for, the operation is an ordinary change, not a sensitive one. */
  readonly decides?: true
  /** What was asked for, in words; undefined where it is nothing of note. */
  readonly asks: (request: Request) => string | undefined
}

/** A value deep in a request, by its names. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value
  for (const name of path) {
    if (typeof here !== 'object' || here === null) return undefined
    here = Reflect.get(here, name)
  }
  return here
}

/** Every value of a list, or the one that stands alone; nothing for nothing. */
export function each(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

export function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : undefined
}

/** Short, for a sentence: names that others chose can be long. */
export function short(value: string): string {
  return value.length > 60 ? `${value.slice(0, 57)}…` : value
}

/** Whose account a request is made in: none of these is a stranger. */
export function ownAccounts({ event, setting }: Request): ReadonlySet<string> {
  const actor = /^arn:aws[\w-]*:(?:iam|sts)::(\d{12}):/.exec(event.actor ?? '')?.[1]
  return new Set([event.account, actor, ...(setting.accounts ?? [])].filter(one => one !== undefined))
}

/** `example.com` of `alice@example.com`, or of itself. */
export function domainOf(name: string): string | undefined {
  return /(?:^|@)([\w-]+(?:\.[\w-]+)+)$/.exec(name.toLowerCase())?.[1]
}
