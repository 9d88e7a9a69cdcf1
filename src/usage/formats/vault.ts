import { isRecord } from '../../model/path.ts'
import type { Verb } from '../../model/usage.ts'
import type { Row } from '../../text/row.ts'
import { inside } from '../../text/row.ts'
import { pick, pickText } from '../field.ts'
import type { LogFormat, Reading } from '../format.ts'
import { vaultNames } from '../secret-names.ts'

/**
 * Audit devices of HashiCorp Vault. Tokens and accessors stand there as HMACs that only Vault can make
 * (https://developer.hashicorp.com/vault/api-docs/system/audit-hash); names are plain. Fields:
 * https://developer.hashicorp.com/vault/docs/audit/schema
 */
export const vault: LogFormat = {
  id: 'vault',
  name: 'HashiCorp Vault audit log',
  providers: ['vault', 'hashicorp-vault'],
  reads: 'vault',
  json: {
    knows: record =>
      (record['type'] === 'request' || record['type'] === 'response') &&
      isRecord(record['request']) &&
      'operation' in record['request'],
    read,
  },
  coverage: { blind: ['a request without its answer is not counted'] },
}

function read(record: Row): Reading {
  // A request and its answer are one call; the answer says all.
  if (record['type'] === 'request') return 'pass'
  const auth = inside(record, 'auth')
  const request = inside(record, 'request')
  const issued = inside(inside(record, 'response'), 'auth')
  const operation = pickText(request, 'operation') ?? ''
  const path = pickText(request, 'path') ?? ''
  const error = pickText(record, 'error')
  const mount = path.split('/', 1)[0] ?? ''
  return {
    id: request['id'],
    at: record['time'],
    keys: [auth['accessor'], request['client_token_accessor'], auth['client_token'], request['client_token']],
    principals: [auth['display_name'], auth['entity_id']],
    account: pick(request, 'namespace.path', 'namespace.id'),
    ip: request['remote_address'],
    userAgent: pick(request, 'headers.user-agent.0', 'headers.User-Agent.0'),
    action: `${operation} ${placeOf(path)}`,
    service: pick(request, 'mount_type') ?? mount,
    verb: verb(operation, path),
    actor: pick(auth, 'display_name', 'entity_id'),
    resource: path,
    outcome: error === undefined ? 'success' : 'failure',
    error: error === undefined ? undefined : (/permission denied|invalid|not found/.exec(error)?.[0] ?? 'error'),
    requestId: request['id'],
    secrets: operation === 'read' ? secretsRead(path, request) : undefined,
    made: [issued['client_token'], issued['accessor']],
  }
}

/**
 * `sys/audit`, `auth/token/create`, `auth/secret-id` of Vault's own interface, without names that somebody chose; of what is
 * kept there only the mount. https://developer.hashicorp.com/vault/api-docs
 */
function placeOf(path: string): string {
  const [mount = '', kind, what, , part = ''] = path.split('/')
  if (kind === undefined || kind === '') return mount
  if (mount === 'sys' || mount === 'identity') return `${mount}/${kind}`
  if (mount !== 'auth' || what === undefined) return mount
  if (kind === 'token') return `auth/token/${what}`
  return `auth/${part.endsWith('secret-id') ? part : what}`
}

/** Sign-ins, leases and Vault's own settings are no secrets that anybody keeps there. */
function secretsRead(path: string, request: Row): readonly string[] | undefined {
  if (/^(?:auth|sys|identity|cubbyhole)\//.test(path)) return undefined
  return vaultNames(path, pickText(request, 'mount_point'), pickText(request, 'namespace.path'))
}

function verb(operation: string, path: string): Verb {
  if (/^auth\/[^/]+\/login/.test(path) || path.startsWith('auth/token/lookup')) return 'auth'
  if (/^(?:read|list|help|alias-lookahead)$/.test(operation)) return 'read'
  return /^(?:sys|auth|identity)\//.test(path) ? 'admin' : 'write'
}
