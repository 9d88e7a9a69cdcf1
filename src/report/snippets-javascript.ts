import type { Writer } from './snippets.ts'

/**
 * Modules for Node 20 or later.
 * https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/secrets-manager/command/GetSecretValueCommand/
 * https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2#read-secret-version
 * https://docs.cyberark.com/conjur-open-source/latest/en/content/developer/conjur_api_retrieve_secret.htm
 */
export const javascript: Readonly<Record<'environment' | 'aws-secrets-manager' | 'vault' | 'conjur', Writer>> = {
  environment: variables => [
    `const { ${names(variables)} } = process.env`,
    ...variables.map(({ name }) => `if (!${name}) throw new Error('${name} is not set')`),
  ],
  'aws-secrets-manager': (variables, path) => [
    "import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'",
    '',
    `const command = new GetSecretValueCommand({ SecretId: '${path}' })`,
    'const { SecretString } = await new SecretsManagerClient({}).send(command)',
    `const { ${names(variables)} } = JSON.parse(SecretString)`,
  ],
  vault: (variables, path) => [
    'const { VAULT_ADDR, VAULT_TOKEN } = process.env',
    `const answer = await fetch(VAULT_ADDR + '/v1/secret/data/${path}', {`,
    "  headers: { 'x-vault-token': VAULT_TOKEN },",
    '})',
    "if (!answer.ok) throw new Error('Vault answered ' + answer.status)",
    `const { ${names(variables)} } = (await answer.json()).data.data`,
  ],
  conjur: (variables, path) => [
    '// CONJUR_TOKEN: the access token that authenticate returned, in base64',
    'const { CONJUR_APPLIANCE_URL, CONJUR_ACCOUNT, CONJUR_TOKEN } = process.env',
    'async function read(id) {',
    "  const base = CONJUR_APPLIANCE_URL + '/secrets/' + CONJUR_ACCOUNT + '/variable/'",
    '  const answer = await fetch(base + encodeURIComponent(id), {',
    "    headers: { authorization: 'Token token=\"' + CONJUR_TOKEN + '\"' },",
    '  })',
    "  if (!answer.ok) throw new Error('Conjur answered ' + answer.status)",
    '  return answer.text()',
    '}',
    ...variables.map(({ name, part }) => `const ${name} = await read('${path}/${part}')`),
  ],
}

function names(variables: Parameters<Writer>[0]): string {
  return variables.map(({ name }) => name).join(', ')
}
