import type { Case } from '../model/credential.ts'
import type { Planned } from '../pipeline.ts'
import type { Terminal } from './terminal.ts'

/** What a person sees while a run goes on: one line on standard error, on a terminal only. */
export interface Progress {
  done(one: Case): void
  end(): void
}

const everyMilliseconds = 100

export function progressOn(
  { error, errorIsTerminal, width }: Terminal,
  planned: readonly Planned[],
  quiet: boolean,
): Progress {
  const asked = planned.filter(({ plan }) => (plan.sites?.length ?? 0) > 0)
  const findings = planned.reduce((sum, { subject }) => sum + subject.findings.length, 0)
  const hosts = new Map<string, number>()
  for (const { plan } of asked)
    for (const { origin } of plan.sites?.slice(0, 1) ?? []) hosts.set(origin, (hosts.get(origin) ?? 0) + 1)
  if (!quiet) {
    const number = (count: number): string => count.toLocaleString('en')
    error(
      `${number(findings)} findings → ${number(planned.length)} keys · ${number(asked.length)} to ask · ${number(planned.length - asked.length)} set aside · ${hosts.size} ${hosts.size === 1 ? 'host' : 'hosts'}\n`,
    )
  }
  if (quiet || !errorIsTerminal || asked.length === 0) return { done: () => undefined, end: () => undefined }

  const ids = new Set(
    asked.flatMap(({ subject: { id, options = [] } }) => [id, ...options.map(one => one.credential.id)]),
  )
  let count = 0
  let live = 0
  let shownAt = 0
  const draw = (): void => {
    const cells = Math.max(10, Math.min(34, width - 40))
    const full = Math.round((cells * count) / asked.length)
    error(`\r  ${'█'.repeat(full)}${'░'.repeat(cells - full)}  ${count}/${asked.length}  ${live} live  `)
  }
  draw()
  return {
    done({ id, verdict }) {
      if (!ids.has(id)) return
      count += 1
      if (verdict.state === 'live') live += 1
      if (Date.now() - shownAt < everyMilliseconds && count < asked.length) return
      shownAt = Date.now()
      draw()
    },
    end: () => error(`\r${' '.repeat(Math.max(0, width - 1))}\r`),
  }
}
