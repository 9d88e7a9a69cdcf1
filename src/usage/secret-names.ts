/** Six characters behind a hyphen, which Secrets Manager adds to each name: https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html */
const added = /-[A-Za-z0-9]{6}$/

/** What a secret of AWS may be called, by its name, its ARN, or an ARN without the characters at its end. */
export function awsNames(id: string): readonly string[] {
  const name = arnOf(id)?.name
  if (name === undefined) return [`aws-sm:${id}`]
  return [name, name.replace(added, '')].map(each => `aws-sm:${each}`)
}

/** Region, account and name (with what is added to it) of a secret's ARN; undefined for a name. */
export function arnOf(
  id: string,
): { readonly region: string; readonly account: string; readonly name: string } | undefined {
  const [, region = '', account = '', name] = /^arn:[\w-]+:secretsmanager:([\w-]*):(\d*):secret:(.+)$/.exec(id) ?? []
  return name === undefined ? undefined : { region, account, name }
}

/**
 * What a path that was read in Vault may be called in a reference: version 2 of its key-value engine reads below `data/`
 * (https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2#read-secret-version), and a namespace may stand in front.
 */
export function vaultNames(path: string, mount?: string, namespace?: string): readonly string[] {
  const plain = path.replace(/\/+$/, '')
  const inner =
    mount !== undefined && plain.startsWith(mount)
      ? [mount + plain.slice(mount.length).replace(/^data\//, '')]
      : [...plain.matchAll(/\/data\//g)].slice(0, 8).map(({ index }) => plain.slice(0, index) + plain.slice(index + 5))
  const names = new Set([plain, ...inner])
  const within = namespace === undefined ? [] : [...names].map(name => `${namespace.replace(/\/*$/, '/')}${name}`)
  return [...names, ...within].map(name => `vault:${name}`)
}
