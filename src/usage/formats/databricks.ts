import type { Row } from '../../text/row.ts'
import { objectOf, outcomeOf, pick, pickText, plainKeys } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'

const names = [
  ['serviceName', 'actionName', 'userIdentity'],
  ['service_name', 'action_name', 'user_identity'],
  ['ServiceName', 'ActionName', 'Identity'],
]

/**
 * Databricks' audit log: delivered as JSON, as the system table, and as tables of Azure Monitor. Fields:
 * https://docs.databricks.com/aws/en/admin/system-tables/audit-logs
 * https://learn.microsoft.com/en-us/azure/azure-monitor/reference/tables/databricksaccounts
 */
export const databricks: LogFormat = {
  id: 'databricks',
  name: 'Databricks audit log',
  providers: ['databricks'],
  json: {
    knows: record => names.some(all => all.every(name => name in record)),
    read: record => read(plainKeys(record)),
  },
  table: { knows: headings => ['servicename', 'actionname', 'useridentity'].every(one => headings.has(one)), read },
  coverage: { blind: ['the token that was used is not named'] },
}

function read(row: Row): Draft | 'pass' {
  const who = objectOf(row['useridentity'] ?? row['identity']) ?? {}
  // What Databricks does by itself: https://docs.microsoft.com/azure/databricks/administration-guide/account-settings/azure-diagnostic-logs
  if (who['email'] === 'System-User') return 'pass'
  const status = pick(objectOf(row['response']) ?? {}, 'statusCode', 'status_code')
  const outcome = outcomeOf(status)
  const service = pickText(row, 'servicename')
  return {
    id: pick(row, 'eventid', 'logid', 'requestid'),
    at: pick(row, 'eventtime', 'timestamp', 'timegenerated'),
    principals: [who['email'], who['subjectName'], who['subject_name']],
    account: pick(row, 'workspaceid', 'accountid', 'resourceid'),
    ip: row['sourceipaddress'],
    userAgent: row['useragent'],
    action: row['actionname'],
    service,
    actor: pick(who, 'email', 'subjectName', 'subject_name'),
    resource: pick(objectOf(row['requestparams']) ?? {}, 'full_name_arg'),
    outcome,
    error: outcome === 'failure' ? status : undefined,
    requestId: row['requestid'],
  }
}
