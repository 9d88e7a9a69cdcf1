import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'

/** How a child process went. */
export interface Measured {
  readonly milliseconds: number
  /** Peak resident memory in MB, where the system tells (Linux); 0 elsewhere. */
  readonly peak: number
  /** Time on processors in milliseconds, where the system tells; it does not wait for others as the clock does. */
  readonly busy: number
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
  let busy = 0
  const look = async (): Promise<void> => {
    const status = await readFile(`/proc/${child.pid ?? 0}/status`, 'utf8').catch(() => '')
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024)
    const stat = await readFile(`/proc/${child.pid ?? 0}/stat`, 'utf8').catch(() => '')
    // After the name in brackets: the twelfth and thirteenth are ticks of 10 ms in the program and in the system.
    const [user = 0, system = 0] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number)
    busy = Math.max(busy, (user + system) * 10)
  }
  const timer = setInterval(() => void look(), 20)
  const code = await new Promise<number | null>(resolve => child.on('exit', resolve))
  clearInterval(timer)
  return { milliseconds: performance.now() - started, peak, busy, code }
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
