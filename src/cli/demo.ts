import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hostNames } from '../catalog/surface.ts'
import { demoKeys, demoReports } from '../demo/findings.ts'
import { startLoopback } from '../demo/loopback.ts'
import { demoNetwork } from '../demo/providers.ts'
import { readFindings } from '../finding/read.ts'
import type { Case } from '../model/credential.ts'
import type { Warning } from '../model/finding.ts'
import { Keyring } from '../model/keyring.ts'
import { check, understand } from '../pipeline.ts'
import { formats } from '../report/formats.ts'
import { reportOf } from '../report.ts'
import { openRun } from '../run.ts'
import { isColored, sinkFor } from './output.ts'
import { progressOn } from './progress.ts'
import { catalogFrom } from './settings.ts'
import type { ExitCode, Terminal } from './terminal.ts'

const introduction = `This is the whole walk, on this machine alone: made-up keys, in the reports of three scanners
(gitleaks, TruffleHog, SARIF), asked of simulated providers over real TLS. One provider is down,
one is hidden behind a proxy that answers for it, one says that it is asked too often.
`

/** `afterleak demo`: everything that `check` does, with nothing but this machine. */
export async function demoCommand(terminal: Terminal, { out }: { readonly out: string }): Promise<ExitCode> {
  const catalog = await catalogFrom(undefined)
  const keys = demoKeys(String(Date.now()))
  const hosts = [...catalog.providers.values()].flatMap(provider => hostNames(provider.hosts))
  const network = await startLoopback([...new Set(hosts)], demoNetwork(keys))
  const state = await mkdtemp(join(tmpdir(), 'afterleak-demo-'))
  const keyring = new Keyring()
  const warnings: Warning[] = []
  try {
    const run = await openRun(
      catalog,
      { state, ca: [network.ca], route: host => network.route(host), signal: terminal.signal },
      keyring,
    )
    const inputs = Object.entries(demoReports(keys)).map(([name, text]) => ({ name, open: () => once(text) }))
    terminal.error(`${introduction}\n$ afterleak check ${inputs.map(({ name }) => name).join(' ')}\n`)
    const planned = await understand(
      readFindings(inputs, { secret: text => keyring.of(text), warn: warning => warnings.push(warning) }),
      run.walk,
    )
    const progress = progressOn(terminal, planned, false)
    const cases: Case[] = []
    for await (const one of check(planned, run.walk)) {
      cases.push(one)
      progress.done(one)
    }
    progress.end()
    const report = reportOf(run, cases, warnings, 'afterleak demo')
    for (const text of formats.table.write(report, {
      width: terminal.width,
      color: isColored(terminal, {}),
      all: true,
    }))
      await terminal.out(keyring.scrub(text))
    const page = await sinkFor(terminal, out, text => keyring.scrub(text))
    for (const text of formats.html.write(report)) await page.write(text)
    await page.close()
    await run.close(true)
    terminal.error(
      `\nThe same as a page: ${out}\nNow with your own: afterleak check REPORT --dry-run shows what would be sent, and sends nothing.\n`,
    )
    return 0
  } finally {
    await network.close()
    await rm(state, { recursive: true, force: true })
  }
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
