import { isRecord } from '../../model/path.ts'
import type { Verb } from '../../model/usage.ts'
import type { Row } from '../../text/row.ts'
import { objectOf, outcomeOf, pick, pickText, wordOf } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'

const objectId = 'http://schemas.microsoft.com/identity/claims/objectidentifier'
const upn = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn'

/**
 * Who read and changed secrets, keys and certificates in Azure Key Vault: diagnostic settings, and both of its tables in
 * a workspace. Fields: https://learn.microsoft.com/en-us/azure/key-vault/general/logging
 * https://learn.microsoft.com/en-us/azure/azure-monitor/reference/tables/azkvauditlogs
 */
export const azureKeyVault: LogFormat = {
  id: 'azure-key-vault',
  name: 'Azure Key Vault audit log',
  providers: ['azure', 'entra', 'microsoft'],
  json: {
    knows: record =>
      record['Type'] === 'AZKVAuditLogs' ||
      (['operationName', 'OperationName'].some(name => name in record) &&
        /^AuditEvent$/i.test(wordOf(pick(record, 'category', 'Category'))) &&
        /MICROSOFT\.KEYVAULT/i.test(
          wordOf(pick(record, 'resourceId', 'ResourceId', 'ResourceProvider', '_ResourceId')),
        )),
    read,
  },
  coverage: {
    lag: 'minutes (https://learn.microsoft.com/en-us/azure/key-vault/general/logging)',
    blind: ['which secret of an application signed in is not named: Entra sign-ins say that'],
  },
}

function read(record: Row): Draft {
  const properties = objectOf(record['properties']) ?? {}
  const identity = objectOf(pick(record, 'identity', 'Identity')) ?? {}
  const claims = isRecord(identity['claim']) ? identity['claim'] : {}
  const app = pick(claims, 'appid') ?? record['identity_claim_appid_g']
  const user =
    pick(claims, upn, 'upn', 'unique_name') ?? pick(record, 'identity_claim_upn_s', 'identity_claim_unique_name_s')
  const oid = pick(claims, objectId, 'oid') ?? pick(record, 'identity_claim_oid_g')
  const action = pickText(record, 'operationName', 'OperationName') ?? ''
  const status = pick(properties, 'httpStatusCode') ?? pick(record, 'HttpStatusCode', 'httpStatusCode_d')
  const said = wordOf(pick(record, 'resultSignature', 'ResultSignature'))
  const outcome = /^(?:Forbidden|Unauthorized)$/i.test(said) ? 'failure' : outcomeOf(status)
  const secret = pick(properties, 'id') ?? pick(record, 'Id', 'id_s')
  return {
    // One request has one correlation id; without a token it is refused first, under the same id.
    id: `${pickText(record, 'correlationId', 'CorrelationId') ?? ''} ${wordOf(status)}`.trim() || undefined,
    at: pick(record, 'time', 'TimeGenerated'),
    principals: [app, user, oid],
    account: /\/subscriptions\/([^/]+)/i.exec(wordOf(pick(record, 'resourceId', 'ResourceId', '_ResourceId')))?.[1],
    ip: pick(record, 'callerIpAddress', 'CallerIpAddress', 'CallerIPAddress'),
    userAgent: pick(properties, 'clientInfo') ?? pick(record, 'ClientInfo', 'clientInfo_s'),
    action,
    service: 'key-vault',
    verb: verb(action),
    actor: user ?? app ?? oid,
    resource: secret ?? pick(record, 'resourceId', 'ResourceId', '_ResourceId'),
    outcome:
      outcome === 'unknown' && /^success$/i.test(wordOf(pick(record, 'resultType', 'ResultType')))
        ? 'success'
        : outcome,
    error: outcome === 'failure' ? (said === '' ? status : said) : undefined,
    requestId: pick(record, 'correlationId', 'CorrelationId'),
  }
}

/** `SecretGet`, `SecretListVersions`, `KeySign`: what is done stands behind the kind of thing. */
function verb(action: string): Verb {
  if (action === 'Authentication') return 'auth'
  if (/^Vault(?:Put|Delete|Patch|Recover|Purge|Access)|Policy/.test(action)) return 'admin'
  return /^[A-Z][a-z]+(?:Get|List|Backup|Decrypt|Unwrap|Verify)/.test(action) ? 'read' : 'write'
}
