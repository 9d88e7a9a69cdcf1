import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Hosts that a child process serves over TLS. */
export interface ProviderProcess {
  readonly port: number
  readonly ca: string
  stop(): void
}

export async function startProvider(hosts: readonly string[]): Promise<ProviderProcess> {
  const child: ChildProcess = fork(fileURLToPath(new URL('./server.js', import.meta.url)), [hosts.join(',')])
  const [started] = await once(child, 'message')
  return { port: started.port, ca: started.ca, stop: () => child.disconnect() }
}
