import type { UsageEvent } from '../../model/usage.ts'
import { awsOperations } from './aws.ts'
import { awsAdditions } from './aws-additions.ts'
import { clusterOperations } from './cluster.ts'
import { directoryOperations } from './directory.ts'
import { type OperationFact, readGroup } from './fact.ts'
import { forgeOperations } from './forges.ts'
import { graphFact } from './graph.ts'
import { identityOperations } from './identity.ts'
import { platformOperations } from './platforms.ts'
import { saasOperations } from './saas.ts'
import { factByWords } from './words.ts'

/** What Azure calls the reading of keys, whatever they are for. https://learn.microsoft.com/en-us/azure/role-based-access-control/resource-provider-operations */
const azureKeys = /\/(?:list\w*(?:keys?|credentials?|sas|secrets?|connectionstrings)|sharedkeys|config\/list)\/action$/
const takesKeys: OperationFact = { class: 'sensitive', tactics: ['6'], techniques: ['T1552.001'], incidents: 0 }

type Table = ReadonlyMap<string, OperationFact>

let aws: Table | undefined
let others: Table | undefined
const remembered = new Map<string, OperationFact>()

/** What is known of an event's operation: the provider's own catalog and ATT&CK where a table has it, else its words. */
export function factOf(event: UsageEvent): OperationFact {
  const key = `${operationOf(event)}\0${event.verb}\0${event.source}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const fact = lookUp(event)
  if (remembered.size > 20_000) remembered.clear()
  remembered.set(key, fact)
  return fact
}

/** How an operation is shown and told from others: `iam:PutUserPolicy`, `git.clone`. */
export function operationOf({ service, action }: Pick<UsageEvent, 'service' | 'action'>): string {
  const name = service === undefined ? '' : serviceName(service)
  // Some logs repeat the service in the action: `git.clone` of `git`.
  return name === '' || action.startsWith(`${name}.`) ? action : `${name}:${action}`
}

/** AWS's own name of a service in a log, without the domain: `iam`. */
function serviceName(service: string): string {
  return service.endsWith('.amazonaws.com') ? service.slice(0, -'.amazonaws.com'.length) : service
}

/** An operation as what is known of AWS names it; undefined in Google's log, some of whose services share a name with AWS's. */
export function awsName({ source, service, action }: Pick<UsageEvent, 'source' | 'service' | 'action'>) {
  if (service === undefined || source === 'google-audit') return undefined
  return `${serviceName(service)}:${bareAction(action)}`
}

/** The name of a Lambda call carries the version of its interface: `Invoke20150331v2`. */
export function bareAction(action: string): string {
  return action.replace(/\d{8}(?:v\d+)?$/, '')
}

/** A name as tables have it. Entra writes a long dash in some, and a space behind; Microsoft 365 a full stop. */
export function plainName(action: string): string {
  return action.toLowerCase().replaceAll('–', '-').trim().replace(/\.$/, '')
}

function lookUp(event: UsageEvent): OperationFact {
  aws ??= awsTable()
  others ??= otherTable()
  const known = aws.get(awsName(event) ?? '')
  if (known !== undefined) return known
  if (event.service === 'graph') {
    const fact = graphFact(event.action)
    if (fact !== undefined) return fact
  }
  const lower = plainName(event.action)
  // `google.cloud.kms.v1.KeyManagementService.SetIamPolicy`: the method is what the table has.
  const last = /^(?:[\w-]+[.:]){2,}/.test(lower) ? lower.slice(lower.lastIndexOf('.') + 1) : lower
  const unversioned = lower.replace(/^(?:v\d\w*|beta|alpha)\./, '')
  return (
    others.get(lower) ??
    others.get(unversioned) ??
    (last.length > 8 ? others.get(last) : undefined) ??
    (azureKeys.test(lower) ? takesKeys : factByWords(event.action, event.verb))
  )
}

function awsTable(): Table {
  const table = new Map<string, OperationFact>()
  for (const line of `${awsOperations}${awsAdditions}`.split('\n')) {
    const [service = '', ...groups] = line.split(' ')
    for (const { fact, operations } of groups.map(readGroup))
      for (const operation of operations) table.set(`${service}:${operation}`, fact)
  }
  return table
}

function otherTable(): Table {
  const table = new Map<string, OperationFact>()
  const tables = [
    forgeOperations,
    identityOperations,
    directoryOperations,
    platformOperations,
    clusterOperations,
    saasOperations,
  ]
  for (const text of tables)
    for (const line of text.split('\n').filter(one => one.includes(':'))) {
      const { fact, operations } = readGroup(line)
      for (const operation of operations.map(one => one.toLowerCase())) {
        table.set(operation, fact)
        // A log may give the method alone: `google.logging.v2.configservicev2.deletesink`.
        const method = /^google\..*\.(\w+)$/.exec(operation)?.[1]
        if (method !== undefined && !table.has(method)) table.set(method, fact)
      }
    }
  return table
}
