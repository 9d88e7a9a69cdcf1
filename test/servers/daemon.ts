import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'

/** A program of the system, wherever its package puts it; undefined where it is not installed. */
export function program(name: string): string | undefined {
  const postgresql = '/usr/lib/postgresql'
  const versions = existsSync(postgresql)
    ? readdirSync(postgresql).map(version => join(postgresql, version, 'bin'))
    : []
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/bin', ...versions.toReversed()]
  return folders.map(folder => join(folder, name)).find(file => existsSync(file) && !file.startsWith('/usr/local/'))
}

/** Whether MariaDB has the module for signatures, which is of another package than the server itself. */
export const mariadbSigns = existsSync('/usr/lib/mysql/plugin/auth_ed25519.so')

/** Whoever runs a database: these refuse to be run by root. */
interface Owner {
  readonly uid?: number
  readonly gid?: number
}

/** A folder for a database, and who owns it: `nobody`, where the tests are run by root. */
export function home(): { readonly folder: string; readonly owner: Owner } {
  const folder = mkdtempSync(join(tmpdir(), 'afterleak-database-'))
  if (process.getuid?.() !== 0) return { folder, owner: {} }
  const id = (what: string): number => Number(execFileSync('id', [what, 'nobody'], { encoding: 'utf8' }).trim())
  const owner = { uid: id('-u'), gid: id('-g') }
  chownSync(folder, owner.uid, owner.gid)
  return { folder, owner }
}

export interface Daemon {
  readonly port: number
  stop(): Promise<void>
}

/** Starts a database server in its folder and waits until `ready` no longer throws. */
export async function startDaemon(
  file: string,
  { folder, owner }: ReturnType<typeof home>,
  args: (port: number) => readonly string[],
  ready: (port: number) => void,
): Promise<Daemon> {
  const port = await freePort()
  const child: ChildProcess = spawn(file, args(port), {
    cwd: folder,
    stdio: 'ignore',
    ...owner,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder },
  })
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  for (let tries = 0; ; tries++) {
    try {
      ready(port)
      break
    } catch (error) {
      if (tries > 150 || child.exitCode !== null) throw new Error(`${file} did not start`, { cause: error })
      await after(200)
    }
  }
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL')
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
  return { port, stop }
}

/** Runs a program to its end; throws where it fails. */
export function run(
  file: string,
  args: readonly string[],
  options: Owner & { readonly input?: string; readonly cwd?: string } = {},
): string {
  return execFileSync(file, args, { encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'], timeout: 60_000, ...options })
}

function freePort(): Promise<number> {
  return new Promise(found => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => found(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
