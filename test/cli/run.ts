import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { hostNames } from '../../src/catalog/surface.ts'
import { program } from '../../src/cli/program.ts'
import { startLoopback } from '../../src/demo/loopback.ts'
import { made, shipped } from '../identify/support.ts'
import { answering, simulated } from './network.ts'
import { fakeTerminal, file, folder, type World } from './support.ts'

/** Made-up keys; the simulated Stripe knows its own, and no other. */
export const keys = made('command line')
const { stripe } = keys

/** Runs one command line in this process. */
export async function run(args: readonly string[], world: World = {}) {
  const terminal = fakeTerminal(world)
  const code = await program(terminal, args)
  return { code, ...terminal.written, state: join(terminal.environment.XDG_STATE_HOME ?? '', 'afterleak') }
}

/** A report of gitleaks with these secrets. */
export function report(...secrets: readonly string[]): string {
  return file(
    'gitleaks.json',
    JSON.stringify(
      secrets.map((Secret, index) => ({
        RuleID: 'generic-api-key',
        Secret,
        File: `src/${index}.ts`,
        StartLine: index + 1,
      })),
    ),
  )
}

/** Call once in a test file: the network of its commands. */
export function withNetwork(): void {
  beforeAll(async () => {
    const hosts = [...new Set(shipped.flatMap(provider => hostNames(provider.hosts)))]
    simulated.network = await startLoopback(
      hosts,
      answering(({ host, authorization }) => {
        if (host === 'api.stripe.com' && authorization.endsWith(stripe))
          return { status: 200, json: { object: 'account', id: 'acct_1', country: 'IE' } }
        if (host === 'api.stripe.com')
          return {
            status: 401,
            json: { error: { type: 'invalid_request_error', message: 'Invalid API Key provided: sk_live_****' } },
          }
        return { status: 403 }
      }),
    )
  })
  afterAll(() => simulated.network?.close())
}

/** A folder with one provider's file. */
export function providersOf(text: string): string {
  const path = folder()
  writeFileSync(join(path, 'acme.yaml'), text)
  return path
}

/** Runs a command and gives everything that it wrote anywhere. */
export async function everything(args: readonly string[]): Promise<Record<string, Buffer>> {
  const terminal = fakeTerminal({ width: 200 })
  await program(terminal, args)
  const state = join(terminal.environment.XDG_STATE_HOME ?? '', 'afterleak')
  const names = readdirSync(state, { recursive: true, encoding: 'utf8' }).filter(name =>
    statSync(join(state, name)).isFile(),
  )
  return {
    'standard output': Buffer.from(terminal.written.out),
    'standard error': Buffer.from(terminal.written.error),
    ...Object.fromEntries(names.map(name => [name, readFileSync(join(state, name))])),
  }
}
