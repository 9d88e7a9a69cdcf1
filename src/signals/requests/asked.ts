import type { UsageEvent } from '../../model/usage.ts'
import { kept, request } from '../constants.ts'
import { awsName, bareAction, operationOf, plainName } from '../operations/knowledge.ts'
import type { Setting } from '../setting.ts'
import { abuseRules } from './abuse.ts'
import { accessRules } from './access.ts'
import { clusterRules } from './cluster.ts'
import { defenceRules } from './defence.ts'
import { directoryRules } from './directory.ts'
import { openingRules } from './opening.ts'
import { otherRules } from './others.ts'
import { type Request, type RequestRule, type Strength, text } from './rule.ts'

/** A request that says more than its operation's name. */
export interface Asked {
  readonly rule: string
  readonly strength: Strength
  readonly llr: number
  readonly attack: readonly string[]
  readonly says: string
  /** The provider put the key under quarantine: its word, not a request of the key's holder. */
  readonly quarantine?: string
}

/** Of what was tried and refused, this share: trying is telling, succeeding is worse. */
const refused = 0.7

const strengths: Readonly<Record<Strength, number>> = {
  strong: request.strong,
  medium: request.medium,
  weak: request.weak,
}

/** Policies that AWS attaches to users whose keys it found in public: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html */
const quarantine = /(AWSCompromisedKeyQuarantine\w*|AWSExposedCredentialPolicy_DO_NOT_REMOVE)/

let rulesOf: ReadonlyMap<string, readonly RequestRule[]> | undefined
const remembered = new Map<string, readonly RequestRule[]>()

/**
 * The most telling rule that a request meets; undefined for nearly all of them. `harmless`: an operation whose parameters
 * decide, with parameters that open nothing to anybody.
 */
export function askedFor(event: Request['event'], setting: Setting): Asked | 'harmless' | undefined {
  const rules = rulesFor(event)
  const asked: Request = { event, parameters: event.parameters ?? {}, setting }
  if (event.action.startsWith('Attach')) {
    const policy = quarantine.exec(text(asked.parameters['policyArn']) ?? '')?.[1]
    if (policy !== undefined)
      return { rule: 'quarantine', strength: 'weak', llr: 0, attack: ['T1552.001'], says: '', quarantine: policy }
  }
  let best: Asked | undefined
  for (const { rule, strength, attack, asks } of rules) {
    const says = asks(asked)
    if (says === undefined) continue
    const failed = event.outcome === 'failure'
    const llr = strengths[strength] * (failed ? refused : 1)
    if (best === undefined || llr > best.llr)
      best = { rule, strength, llr, attack, says: `${operationOf(event)}: ${says}${failed ? ' (refused)' : ''}` }
  }
  if (best !== undefined) return best
  const decided = rules.some(({ decides }) => decides === true) && Object.keys(asked.parameters).length > 0
  return decided ? 'harmless' : undefined
}

/** Whether the parameters of an event are looked at: only those need to be kept. Of calls for single objects, which are many, those that tell something. */
export function wantsParameters(event: Request['event']): boolean {
  if (rulesFor(event).length === rulesForAll().length) return false
  return !/^(?:Put|Copy)Object$/.test(event.action) || typeof askedFor(event, { exposure: 'unknown' }) === 'object'
}

/** The rules for an event's operation, and those for all. */
function rulesFor(event: Pick<UsageEvent, 'source' | 'service' | 'action'>): readonly RequestRule[] {
  const key = `${event.source}\0${operationOf(event)}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  rulesOf ??= byOperation()
  const action = bareAction(event.action)
  const own = rulesOf.get(awsName(event) ?? action) ?? rulesOf.get(plainName(action)) ?? []
  const rules = [...own, ...rulesForAll()]
  if (remembered.size > kept.values) remembered.clear()
  remembered.set(key, rules)
  return rules
}

function rulesForAll(): readonly RequestRule[] {
  rulesOf ??= byOperation()
  return rulesOf.get('*') ?? []
}

function byOperation(): ReadonlyMap<string, readonly RequestRule[]> {
  const found = new Map<string, RequestRule[]>()
  for (const rule of [
    ...openingRules,
    ...accessRules,
    ...defenceRules,
    ...abuseRules,
    ...directoryRules,
    ...clusterRules,
    ...otherRules,
  ])
    for (const operation of typeof rule.on === 'string' ? rule.on.split(' ') : rule.on)
      found.set(operation, [...(found.get(operation) ?? []), rule])
  return found
}
