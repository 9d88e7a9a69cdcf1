import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'

/** How a child process went. */
export interface Measured {
  readonly milliseconds: number
  /** Peak resident memory in MB, where the system tells (Linux); 0 elsewhere. */
  readonly peak: number
  readonly code: number | null
}

/** Runs node with arguments, output thrown away, and watches its memory. */
export async function measured(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  const started = performance.now()
  const child = spawn(process.execPath, [...args], { stdio: 'ignore', env: { ...process.env, ...environment } })
  let peak = 0
  const look = async (): Promise<void> => {
    const status = await readFile(`/proc/${child.pid ?? 0}/status`, 'utf8').catch(() => '')
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024)
  }
  const timer = setInterval(() => void look(), 20)
  const code = await new Promise<number | null>(resolve => child.on('exit', resolve))
  clearInterval(timer)
  return { milliseconds: performance.now() - started, peak, code }
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
