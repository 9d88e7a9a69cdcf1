import type { CompiledProvider } from '../catalog/schema.ts'
import type { Case } from '../model/credential.ts'
import type { Exposure } from '../model/finding.ts'

/** What the file of a provider says that bears on urgency. */
export type About = Pick<CompiledProvider, 'id' | 'name' | 'kinds' | 'hosts' | 'impact'>

/** Everything about one key that the decision rests on. */
export type Subject = Pick<Case, 'id' | 'provider' | 'kind' | 'facts' | 'findings' | 'verdict' | 'misuse'>

/** How long a decision may wait, in milliseconds. */
export interface DueTimes {
  readonly act_now: number
  readonly out_of_cycle: number
  readonly scheduled: number
}

/** Defaults of our own: one hour, one day, two weeks. */
export const dueTimes: DueTimes = { act_now: 3_600_000, out_of_cycle: 86_400_000, scheduled: 14 * 86_400_000 }

/** What the person who investigates brings along. */
export interface Context {
  readonly now: Date
  readonly due?: { readonly [Decision in keyof DueTimes]?: DueTimes[Decision] | undefined } | undefined
  /** The user's own word on who could read the key, for every key of the run: `none` is one private place. */
  readonly exposure?: 'none' | Exclude<Exposure, 'unknown'>
  /** Names the own network that holds an address (`10.2.0.0/16`), where one does. */
  readonly ownNetwork?: (ip: string) => string | undefined
}

/** A value of one decision point and why, with names of rules that changed it. */
export interface Reasoned<Value extends string> {
  readonly value: Value
  readonly because: string
  readonly changed?: readonly string[]
}
