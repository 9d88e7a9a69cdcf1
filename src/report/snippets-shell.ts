import type { Writer } from './snippets.ts'

/**
 * POSIX shell with each store's own command line.
 * https://docs.aws.amazon.com/cli/latest/reference/secretsmanager/get-secret-value.html
 * https://developer.hashicorp.com/vault/docs/commands/kv/get
 * https://github.com/cyberark/conjur-cli-go
 */
export const shell: Readonly<Record<'environment' | 'aws-secrets-manager' | 'vault' | 'conjur', Writer>> = {
  environment: variables => variables.map(({ name }) => `: "\${${name}:?is not set}"`),
  'aws-secrets-manager': (variables, path) => [
    'secret=$(aws secretsmanager get-secret-value --query SecretString \\',
    `  --output text --secret-id ${path})`,
    ...variables.flatMap(({ name }) => [`${name}=$(printf '%s' "$secret" |`, `  jq -er .${name})`, `export ${name}`]),
  ],
  vault: (variables, path) =>
    variables.flatMap(({ name }) => [
      `${name}=$(vault kv get -mount=secret \\`,
      `  -field=${name} \\`,
      `  ${path})`,
      `export ${name}`,
    ]),
  conjur: (variables, path) =>
    variables.flatMap(({ name, part }) => [
      `${name}=$(conjur variable get \\`,
      `  -i ${path}/${part})`,
      `export ${name}`,
    ]),
}
