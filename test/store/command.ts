import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { withoutCases } from '../../src/catalog/compile.ts'
import { loadDirectory } from '../../src/catalog/load.ts'
import type { Report } from '../../src/model/run.ts'

/** The command as it is shipped, from the sources as they are now. */
export interface Command {
  /** What node runs. */
  readonly file: string
  start(args: readonly string[], environment: Readonly<Record<string, string>>): Started
  remove(): void
}

interface Started {
  readonly process: ChildProcess
  /** How it ended: exit code or signal, and what it printed. */
  readonly ended: Promise<{ readonly code: number | NodeJS.Signals; readonly out: string; readonly error: string }>
}

export type JsonReport = Omit<Report, 'cases'> & {
  readonly cases: readonly Pick<Report['cases'][number], 'id' | 'verdict' | 'shown'>[]
}

export async function buildCommand(): Promise<Command> {
  const outdir = resolve('node_modules', '.cache', 'afterleak', `test-${randomUUID()}`)
  mkdirSync(outdir, { recursive: true })
  const settings = { bundle: true, format: 'esm', platform: 'node', packages: 'external', splitting: true } as const
  await build({ ...settings, entryPoints: { afterleak: 'src/cli/main.ts' }, outdir, logLevel: 'error' })
  const { providers } = await loadDirectory('validators')
  writeFileSync(join(outdir, 'catalog.json'), JSON.stringify(providers.map(withoutCases)))
  const file = join(outdir, 'afterleak.js')
  return {
    file,
    start(args, environment) {
      const child = spawn(process.execPath, [file, ...args], {
        env: { PATH: process.env['PATH'], ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let out = ''
      let error = ''
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()))
      const ended = new Promise<Awaited<Started['ended']>>(done =>
        child.on('close', (code, signal) => done({ code: code ?? signal ?? 'SIGKILL', out, error })),
      )
      return { process: child, ended }
    },
    remove: () => rmSync(outdir, { recursive: true, force: true }),
  }
}
