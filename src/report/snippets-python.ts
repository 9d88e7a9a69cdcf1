import type { Writer } from './snippets.ts'

/**
 * Python 3.
 * https://docs.aws.amazon.com/boto3/latest/reference/services/secretsmanager/client/get_secret_value.html
 * https://hvac.readthedocs.io/en/stable/usage/secrets_engines/kv_v2.html#read-secret-versions
 * https://docs.cyberark.com/conjur-open-source/latest/en/content/developer/conjur_api_retrieve_secret.htm
 */
export const python: Readonly<Record<'environment' | 'aws-secrets-manager' | 'vault' | 'conjur', Writer>> = {
  environment: variables => [
    'import os',
    '',
    ...variables.map(({ name }) => `${name} = os.environ["${name}"]  # KeyError if it is not set`),
  ],
  'aws-secrets-manager': (variables, path) => [
    'import json',
    'import boto3',
    '',
    `answer = boto3.client("secretsmanager").get_secret_value(SecretId="${path}")`,
    'secret = json.loads(answer["SecretString"])',
    ...variables.map(({ name }) => `${name} = secret["${name}"]`),
  ],
  vault: (variables, path) => [
    'import hvac',
    '',
    'client = hvac.Client()  # VAULT_ADDR and VAULT_TOKEN',
    'answer = client.secrets.kv.v2.read_secret_version(',
    `    mount_point="secret", path="${path}", raise_on_deleted_version=True`,
    ')',
    'secret = answer["data"]["data"]',
    ...variables.map(({ name }) => `${name} = secret["${name}"]`),
  ],
  conjur: (variables, path) => [
    'import os',
    'import urllib.parse',
    'import urllib.request',
    '',
    '',
    'def read(id):',
    '    # CONJUR_TOKEN: the access token that authenticate returned, in base64',
    '    base = f\'{os.environ["CONJUR_APPLIANCE_URL"]}/secrets/{os.environ["CONJUR_ACCOUNT"]}\'',
    '    request = urllib.request.Request(',
    '        f"{base}/variable/{urllib.parse.quote(id, safe=\'\')}",',
    '        headers={"Authorization": f\'Token token="{os.environ["CONJUR_TOKEN"]}"\'},',
    '    )',
    '    return urllib.request.urlopen(request).read().decode()',
    '',
    '',
    ...variables.map(({ name, part }) => `${name} = read("${path}/${part}")`),
  ],
}
