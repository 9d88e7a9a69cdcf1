import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Catalog } from '../../src/catalog/catalog.ts'
import { madeUp } from '../../src/catalog/made-up.ts'
import { readBatches } from '../../src/finding/read.ts'
import type { Finding, Warning } from '../../src/model/finding.ts'
import { Keyring } from '../../src/model/keyring.ts'
import { reveal } from '../../src/model/secret.ts'
import { readBack } from '../../src/source/read-back.ts'
import { shipped } from '../identify/support.ts'

const catalog = new Catalog(shipped)

/** Whether the tests of repositories can run; where not, they are skipped, and it is said here. */
export const hasGit = ((): boolean => {
  try {
    execFileSync('git', ['--version'])
    return true
  } catch {
    process.emitWarning('Git is not installed: nothing about repositories and their history is tested here.')
    return false
  }
})()

/** Made-up keys of Stripe's form, each seed another. */
export function stripe(seed: string): string {
  return madeUp('sk_live_{alnum:34}', `source ${seed}`)
}

export function folder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'afterleak-source-')))
  for (const [name, text] of Object.entries(files)) put(path, name, text)
  return path
}

export function put(root: string, name: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(root, name)), { recursive: true })
  writeFileSync(join(root, name), text)
}

/** Runs git in a folder, as nobody in particular. */
export function git(root: string, ...args: readonly string[]): string {
  const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main']
  const env = { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' }
  return execFileSync('git', [...who, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'] })
    .toString()
    .trim()
}

/** Commits everything and gives the commit's id. */
export function commit(root: string): string {
  git(root, 'add', '--all')
  git(root, 'commit', '--quiet', '--allow-empty', '--message=more')
  return git(root, 'rev-parse', 'HEAD')
}

export function repository(files: Readonly<Record<string, string | Uint8Array>>): { root: string; first: string } {
  const root = folder(files)
  git(root, 'init', '--quiet')
  return { root, first: commit(root) }
}

/** What became of each finding: its text, its parts' texts, or `redacted`. */
export interface Outcome {
  readonly values: readonly (string | Readonly<Record<string, string>>)[]
  readonly by: readonly (Finding['readBack'] | undefined)[]
  readonly said: readonly string[]
  readonly findings: readonly Finding[]
}

/** A report, through its own format, with its hidden values read back. */
export async function readBackOf(
  report: unknown,
  folders: readonly string[],
  options: { readonly path?: string; readonly catalog?: Catalog | undefined } = {},
): Promise<Outcome> {
  const keyring = new Keyring()
  const warnings: Warning[] = []
  const text = typeof report === 'string' ? report : JSON.stringify(report)
  const reading = { secret: (one: string) => keyring.of(one), warn: (warning: Warning) => warnings.push(warning) }
  async function* open(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text)
  }
  const batches = readBatches([{ name: 'report', open }], reading)
  const path = process.env.PATH
  const findings: Finding[] = []
  for await (const handful of readBack(batches, { ...reading, folders, catalog, path, ...options }))
    findings.push(...handful)
  return {
    findings,
    values: findings.map(({ value, parts, redacted }) =>
      redacted
        ? 'redacted'
        : parts === undefined
          ? value === undefined
            ? 'nothing'
            : reveal(value)
          : Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, reveal(part)])),
    ),
    by: findings.map(({ readBack: by }) => by),
    said: warnings.map(({ message }) => message),
  }
}

export function sha(algorithm: 'sha1' | 'sha256', text: string): string {
  return createHash(algorithm).update(text).digest('hex')
}

/** A redacted finding of gitleaks; other fields as given. */
export function gitleaks(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    RuleID: 'stripe-access-token',
    Secret: 'REDACTED',
    Match: 'REDACTED',
    File: 'app.py',
    StartLine: 1,
    ...fields,
  }
}

/** A baseline of detect-secrets with these hashes. */
export function baseline(...found: readonly { file?: string; line?: number; secret: string; type?: string }[]): object {
  return {
    version: '1.5.0',
    plugins_used: [],
    results: Object.fromEntries(
      [...new Set(found.map(({ file = 'app.py' }) => file))].map(name => [
        name,
        found
          .filter(({ file = 'app.py' }) => file === name)
          .map(({ line = 1, secret, type = 'Stripe Access Key' }) => ({
            type,
            filename: name,
            hashed_secret: sha('sha1', secret),
            is_verified: false,
            line_number: line,
          })),
      ]),
    ),
  }
}
