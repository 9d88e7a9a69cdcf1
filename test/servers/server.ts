import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { Catalog } from '../../src/catalog/catalog.ts'
import { loadDirectory } from '../../src/catalog/load.ts'
import { openRun } from '../../src/composition/run.ts'
import { type Loopback, startLoopback } from '../../src/demo/loopback.ts'
import type { Case } from '../../src/model/credential.ts'
import { Keyring } from '../../src/model/keyring.ts'
import { check, understand } from '../../src/pipeline.ts'

/** Where real servers are installed, if they are; `.ci/run` shows how. */
const installed = resolve(process.env['AFTERLEAK_SERVERS'] ?? '.ci/servers')

/** The file that starts a server of Node; undefined where it is not installed. */
export function serverFile(path: string): string | undefined {
  return present(join(installed, 'node_modules', path))
}

/** The file that starts a server of Python; undefined where it is not installed. */
export function pythonServerFile(name: string): string | undefined {
  return present(join(installed, 'python', 'bin', name))
}

function present(file: string): string | undefined {
  return existsSync(file) ? file : undefined
}

/** A title that says aloud when its tests are skipped. */
export function titled(what: string, file: string | undefined): string {
  return file === undefined ? `${what} (SKIPPED: it is not installed; .ci/run does that)` : what
}

export interface Server {
  readonly folder: string
  readonly port: number
  stop(): void
}

/** Starts a server on a free port of loopback, with Node or the Python beside it, and waits until it answers. */
export async function startServer(
  file: string,
  args: (port: number, folder: string) => readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'afterleak-server-'))
  const port = await freePort()
  const beside = join(dirname(file), 'python')
  const child: ChildProcess = spawn(existsSync(beside) ? beside : process.execPath, [file, ...args(port, folder)], {
    cwd: folder,
    stdio: 'ignore',
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...environment },
  })
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries > 300 || child.exitCode !== null) throw new Error(`${file} did not start`)
    await after(100)
  }
  return { folder, port, stop: () => void child.kill() }
}

/** Puts the server behind TLS, under names of the open internet that lead to this machine alone; `added` are headers that the real one sends. */
export function behindTls(
  hosts: readonly string[],
  { port }: Server,
  added: Readonly<Record<string, string>> = {},
): Promise<Loopback> {
  return startLoopback(hosts, (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method, url: path, headers } = incoming
    const onwards = request({ host: '127.0.0.1', port, method, path, headers }, answer => {
      outgoing.writeHead(answer.statusCode ?? 599, { ...answer.headers, ...added })
      answer.pipe(outgoing)
    })
    onwards.on('error', () => outgoing.destroy())
    incoming.pipe(onwards)
  })
}

const { providers } = await loadDirectory('validators')

/** The whole walk of one credential, from a finding to its verdict, over the real engine. */
export async function caseOf(
  provider: string,
  parts: Readonly<Record<string, string>>,
  { route, ca }: Loopback,
  host?: string,
): Promise<Case> {
  const keyring = new Keyring()
  const run = await openRun(
    new Catalog(providers),
    {
      state: mkdtempSync(join(tmpdir(), 'afterleak-state-')),
      route,
      ca: [ca],
      attempts: 1,
      ...(host !== undefined && { hosts: new Map([[provider, host]]) }),
    },
    keyring,
  )
  const secrets = Object.entries(parts).map(([name, text]) => [name, keyring.of(text)] as const)
  async function* findings() {
    yield { tool: 'json', provider, parts: Object.fromEntries(secrets), place: {} }
  }
  try {
    for await (const one of check(await understand(findings(), run.walk), run.walk)) return one
  } finally {
    await run.close(true)
  }
  throw new Error('no case')
}

function freePort(): Promise<number> {
  return new Promise(found => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => found(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

function answers(port: number): Promise<boolean> {
  return new Promise(said => {
    const asked = request({ host: '127.0.0.1', port, path: '/', timeout: 2000 }, answer => {
      answer.resume()
      said(true)
    })
    asked.on('error', () => said(false)).on('timeout', () => asked.destroy())
    asked.end()
  })
}
