import { tmpdir } from 'node:os'
import { Catalog } from '../../src/catalog/catalog.ts'
import { loadDirectory } from '../../src/catalog/load.ts'
import { madeUp } from '../../src/catalog/made-up.ts'
import type { CompiledProvider } from '../../src/catalog/schema.ts'
import { identify } from '../../src/identify/identify.ts'
import type { Subject } from '../../src/identify/subject.ts'
import type { Finding } from '../../src/model/finding.ts'
import { Keyring } from '../../src/model/keyring.ts'
import { Places } from '../../src/store/places.ts'

const { providers } = await loadDirectory('validators')

export const shipped: readonly CompiledProvider[] = providers

/** A finding with its secrets as text. */
export type Plain = Omit<Finding, 'value' | 'parts' | 'tool' | 'place'> & {
  readonly tool?: string
  readonly value?: string
  readonly parts?: Readonly<Record<string, string>>
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly commit?: string
  readonly url?: string
}

export interface Understood {
  readonly subjects: readonly Subject[]
  readonly keyring: Keyring
}

/** Walks findings through identify with the shipped providers, or others. */
export async function understood(
  plain: readonly Plain[],
  {
    catalog = new Catalog(shipped),
    key = Buffer.alloc(32, 1),
    places,
  }: { readonly catalog?: Catalog; readonly key?: Buffer; readonly places?: Places } = {},
): Promise<Understood> {
  const keyring = new Keyring()
  const kept = places ?? new Places(tmpdir(), text => keyring.scrub(text))
  async function* findings(): AsyncGenerator<Finding> {
    for (const one of plain) yield finding(one, keyring)
  }
  const subjects = await identify(findings(), { catalog, keyring, places: kept, fingerprintKey: key })
  return { subjects, keyring }
}

/** The subjects of findings, each in short: `stripe secret-key ask` or `aws access-key skipped/incomplete`. */
export async function inShort(...plain: readonly Plain[]): Promise<readonly string[]> {
  const { subjects } = await understood(plain)
  return subjects.map(({ provider, kind, credential, settled }) => {
    const what =
      settled === undefined ? (credential === undefined ? 'nothing' : 'ask') : `${settled.state}/${settled.reason}`
    return `${provider ?? 'nobody'} ${kind ?? '-'} ${what}`
  })
}

export function finding(
  { tool = 'gitleaks', value, parts, file, line, column, commit, url, ...rest }: Plain,
  keyring: Keyring,
): Finding {
  return {
    tool,
    ...rest,
    ...(value !== undefined && { value: keyring.of(value) }),
    ...(parts !== undefined && {
      parts: Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, keyring.of(text)])),
    }),
    place: {
      ...(file !== undefined && { file }),
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
      ...(commit !== undefined && { commit }),
      ...(url !== undefined && { url }),
    },
  }
}

/** Made-up keys, by name. */
export function made(seed: string) {
  const of = (example: string): string => madeUp(example, seed)
  return {
    stripe: of('sk_live_{alnum:32}'),
    restricted: of('rk_live_{alnum:32}'),
    github: of('ghp_{alnum:30}{crc32}'),
    awsId: of('AKIA{aws-account:123456789012}'),
    asia: of('ASIA{aws-account:123456789012}'),
    awsSecret: of('{base64:40}'),
    session: of('{base64:400}'),
    canaryId: of('AKIA{aws-account:052310077262}'),
    hex: of('{hex:40}'),
  }
}
