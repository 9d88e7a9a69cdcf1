import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { AskingMeans } from './means.ts'
import { UnresolvedReference } from './unresolved.ts'

/** Whom AWS is asked as, and where. */
export interface AwsIdentity {
  readonly key: string
  readonly secret: string
  readonly session?: string
  readonly region?: string
}

type Section = Readonly<Record<string, string>>

/**
 * As the AWS command line finds it: the environment, else static keys of a profile.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html Throws UnresolvedReference.
 */
export async function awsIdentity({ environment, secret }: AskingMeans, reference: string): Promise<AwsIdentity> {
  const name = environment['AWS_PROFILE'] || 'default'
  const home = join(environment['HOME'] ?? homedir(), '.aws')
  const credentials = await sections(environment['AWS_SHARED_CREDENTIALS_FILE'] || join(home, 'credentials'))
  const config = await sections(environment['AWS_CONFIG_FILE'] || join(home, 'config'))
  const own = credentials.get(name) ?? {}
  const set = config.get(`profile ${name}`) ?? (name === 'default' ? config.get('default') : undefined) ?? {}
  const profile: Section = { ...set, ...own }
  const region = environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || profile['region']
  const { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: text, AWS_SESSION_TOKEN: session } = environment
  const given =
    key || text
      ? { key, secret: text, session }
      : {
          key: profile['aws_access_key_id'],
          secret: profile['aws_secret_access_key'],
          session: profile['aws_session_token'],
        }
  if (given.secret) secret(given.secret)
  if (given.session) secret(given.session)
  if (given.key && given.secret)
    return {
      key: given.key,
      secret: given.secret,
      ...(given.session && { session: given.session }),
      ...(region && { region }),
    }
  throw new UnresolvedReference(
    `${reference} was not read: ${whyNone(key || text ? 'half' : name, profile, environment['AWS_PROFILE'])}`,
  )
}

function whyNone(name: string, profile: Section, named: string | undefined): string {
  if (name === 'half') return 'of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY only one is set. Set both.'
  const kind = ['sso_session', 'sso_start_url', 'role_arn', 'credential_process', 'login_session'].find(
    field => field in profile,
  )
  if (kind !== undefined)
    return `the AWS profile ${name} has no keys of its own but ${kind}, which is not followed here. Put its keys into the environment first: eval "$(aws configure export-credentials --profile ${name} --format env)"`
  return `there are no AWS credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set, and the profile ${name} has no keys.${named ? ' Check AWS_PROFILE.' : ''} Machine roles are not asked.`
}

/** Sections of an INI file as AWS writes it; a file that can't be read has none. Indented lines are nested settings. */
async function sections(file: string): Promise<ReadonlyMap<string, Section>> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const found = new Map<string, Record<string, string>>()
  let section: Record<string, string> = {}
  for (const line of text.split(/\r?\n/)) {
    const title = /^\[\s*([^\]]+?)\s*\]/.exec(line)?.[1]?.replace(/^profile\s+["']?(.*?)["']?$/, 'profile $1')
    if (title !== undefined) {
      section = found.get(title) ?? {}
      found.set(title, section)
    }
    const [, name, value] = /^([a-z_0-9]+)\s*=\s*(.*?)\s*(?:\s[#;].*)?$/i.exec(line) ?? []
    if (title === undefined && name !== undefined && value !== undefined) section[name.toLowerCase()] = value
  }
  return found
}
