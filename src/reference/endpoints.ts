import type { Effect, Limit } from '../model/request.ts'

/** One request that reading a reference can send. Holes of host and path are filled in from the reference and the environment. */
export interface Endpoint {
  readonly provider: string
  /** The provider's own word for the operation, as its log has it. */
  readonly name: string
  readonly method: 'GET' | 'POST'
  readonly host: string
  readonly path: string
  readonly effect: Effect
  readonly limit: Limit
  readonly requestIdHeader?: string
  readonly docs: string
  /** Why a POST changes nothing, with the provider's page. */
  readonly safe?: string
}

/** Far below what the stores allow: a run reads a handful of references. */
const gentle: Limit = { per_second: 10, at_once: 2, by: 'address' }

/** AWS answers 400 where it is asked too often: https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html */
const throttled: Limit = { ...gentle, hit: [{ status: 400, where: { __type: { contains: 'Throttling' } } }] }

/** Everything that reading references can ever send. */
export const endpoints = {
  awsSecret: {
    provider: 'aws',
    name: 'GetSecretValue',
    method: 'POST',
    host: 'secretsmanager.{region}.amazonaws.com',
    path: '/',
    // LastAccessedDate, to the day: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
    effect: 'last_used',
    limit: throttled,
    requestIdHeader: 'x-amzn-requestid',
    docs: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html',
    safe: 'Reads one secret; every operation of this API is a POST. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html',
  },
  vaultLogin: {
    provider: 'vault',
    name: 'approle-login',
    method: 'POST',
    host: '{VAULT_ADDR}',
    path: '/v1/auth/approle/login',
    effect: 'session',
    limit: gentle,
    docs: 'https://developer.hashicorp.com/vault/api-docs/auth/approle#login-with-approle',
    safe: 'Signs in; the token stays in memory and is used for this run alone. https://developer.hashicorp.com/vault/api-docs/auth/approle#login-with-approle',
  },
  vaultMount: {
    provider: 'vault',
    name: 'mount',
    method: 'GET',
    host: '{VAULT_ADDR}',
    path: '/v1/sys/internal/ui/mounts/{path}',
    effect: 'none',
    limit: gentle,
    docs: 'https://developer.hashicorp.com/vault/api-docs/system/internal-ui-mounts',
  },
  vaultFirst: {
    provider: 'vault',
    name: 'read',
    method: 'GET',
    host: '{VAULT_ADDR}',
    path: '/v1/{path}',
    effect: 'none',
    limit: gentle,
    docs: 'https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v1#read-secret',
  },
  vaultSecond: {
    provider: 'vault',
    name: 'read',
    method: 'GET',
    host: '{VAULT_ADDR}',
    path: '/v1/{mount}/data/{path}',
    effect: 'none',
    limit: gentle,
    docs: 'https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2#read-secret-version',
  },
  conjurLogin: {
    provider: 'conjur',
    name: 'authenticate',
    method: 'POST',
    host: '{CONJUR_APPLIANCE_URL}',
    path: '/authn/{account}/{login}/authenticate',
    effect: 'session',
    limit: gentle,
    docs: 'https://docs.cyberark.com/conjur-open-source/latest/en/content/developer/conjur_api_authenticate.htm',
    safe: 'Signs in; the token stays in memory and is used for this run alone. https://docs.cyberark.com/conjur-open-source/latest/en/content/developer/conjur_api_authenticate.htm',
  },
  // The request for several: its answer is JSON, which keeps the value to the last character.
  conjurSecret: {
    provider: 'conjur',
    name: 'read',
    method: 'GET',
    host: '{CONJUR_APPLIANCE_URL}',
    path: '/secrets?variable_ids={variable}',
    effect: 'none',
    limit: gentle,
    docs: 'https://docs.cyberark.com/conjur-open-source/latest/en/content/developer/conjur_api_batch_retrieve.htm',
  },
} as const satisfies Readonly<Record<string, Endpoint>>
