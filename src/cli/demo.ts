import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { madeUp } from '../catalog/made-up.ts'
import { hostNames } from '../catalog/surface.ts'
import { investigate } from '../composition/investigate.ts'
import { openInvestigation } from '../composition/investigation.ts'
import { reportOf } from '../composition/report.ts'
import { openRun } from '../composition/run.ts'
import { type Auditor, auditedHosts, demoAuditor, named } from '../demo/admin-sources.ts'
import { demoKeys, demoReports } from '../demo/findings.ts'
import { startLoopback } from '../demo/loopback.ts'
import { demoNetwork } from '../demo/providers.ts'
import { demoLogs } from '../demo/usage-logs.ts'
import { readFindings } from '../finding/read.ts'
import type { Warning } from '../model/finding.ts'
import { Keyring } from '../model/keyring.ts'
import type { Report } from '../model/run.ts'
import { type Checked, checkWithParts, understand } from '../pipeline.ts'
import { formats } from '../report/formats.ts'
import type { Input } from '../text/input.ts'
import { isColored, sinkFor } from './output.ts'
import { progressOn } from './progress.ts'
import { catalogFrom } from './settings.ts'
import type { ExitCode, Terminal } from './terminal.ts'

const introduction = `This is the whole walk, on this machine alone: made-up keys, in the reports of
three scanners (gitleaks, TruffleHog, SARIF), asked of simulated providers over
real TLS. One provider is down, one is hidden behind a proxy that answers for
it, one says that it is asked too often.

afterleak.yaml names credentials of an auditor. By these, AWS's own list of keys
is read before any key is touched: one that it has as inactive is not used.
`

const interlude = `
Some of these keys work. Who has been using them? The auditor may read AWS's
CloudTrail, by key id in each enabled Region, and GitHub's audit log, by the hash
of a token. What this run asked itself stands there too, and is taken out.
`

/** As it would stand in afterleak.yaml, which no secret does. */
function settings({ keyId }: Auditor): string {
  return `
  admin:
    aws: { key_id: ${keyId}, secret: 'env:AUDIT_SECRET' }
    github: { token: 'env:AUDIT_TOKEN', org: example }
`
}

const aDay = 86_400_000

/** `afterleak demo`: everything that `check` and `investigate` do, with nothing but this machine. */
export async function demoCommand(terminal: Terminal, { out }: { readonly out: string }): Promise<ExitCode> {
  const catalog = await catalogFrom(undefined)
  const seed = String(Date.now())
  const keys = demoKeys(seed)
  const leaked = new Date(Math.floor((Date.now() - 3 * aDay) / 3_600_000) * 3_600_000)
  const auditor = demoAuditor(seed)
  const logs = demoLogs(keys, leaked, madeUp('AKIA{aws-account:210987654321}', `${seed} child`))
  const hosts = [...catalog.providers.values()].flatMap(provider => hostNames(provider.hosts))
  const network = await startLoopback([...new Set([...hosts, ...auditedHosts])], demoNetwork({ keys, logs, auditor }))
  const state = await mkdtemp(join(tmpdir(), 'afterleak-demo-'))
  const keyring = new Keyring()
  const warnings: Warning[] = []
  const warn = (warning: Warning): void => void warnings.push(warning)
  try {
    const run = await openRun(
      catalog,
      { state, ca: [network.ca], route: host => network.route(host), signal: terminal.signal, ...named(auditor) },
      keyring,
    )
    const inputs = inputsOf(demoReports(keys, leaked))
    const files = inputs.map(({ name }) => name).join(' ')
    terminal.error(`${introduction}${settings(auditor)}\n$ afterleak check ${files}\n`)
    const planned = await understand(readFindings(inputs, { secret: text => keyring.of(text), warn }), run.walk)
    const progress = progressOn(terminal, planned, false)
    const checked: Checked[] = []
    for await (const each of checkWithParts(planned, run.walk)) {
      checked.push(each)
      progress.done(each.one)
    }
    progress.end()
    const table = async (report: Report, all: boolean): Promise<void> => {
      const { width } = terminal
      for (const text of formats.table.write(report, { width, color: isColored(terminal, {}), all }))
        await terminal.out(keyring.scrub(text))
    }
    const cases = checked.map(({ one }) => one)
    await table(reportOf(run, cases, warnings, 'afterleak demo'), true)

    terminal.error(`${interlude}\n$ afterleak investigate ${files} --pull\n\n`)
    const own = { networks: ['198.51.100.0/24'] }
    const outside = { state, catalog, warn, scrub: (text: string) => keyring.scrub(text) }
    const how = await openInvestigation({ pull: true, own }, outside)
    const { sources } = run.walk
    const { cases: found } = await investigate(checked, { ...how, ...(sources !== undefined && { sources }) })
    const report = reportOf(run, found, warnings, 'afterleak demo')
    await table(report, false)
    const saved = `${out.replace(/\.html?$/i, '')}.json`
    for (const [file, format] of [
      [out, 'html'],
      [saved, 'json'],
    ] as const) {
      const sink = await sinkFor(terminal, file, text => keyring.scrub(text, format === 'json' ? 'json' : 'text'))
      await sink.writeAll(formats[format].write(report))
      await sink.close()
    }
    await run.close(true)
    terminal.error(ending(out, saved, found[0]?.id ?? ''))
    return 0
  } finally {
    await network.close()
    await rm(state, { recursive: true, force: true })
  }
}

function ending(page: string, saved: string, id: string): string {
  return `
The same as a page: ${page}
What to do about the first, step by step:
  afterleak explain ${id} ${saved}
Now with your own; this shows what would be sent, and sends nothing:
  afterleak check REPORT --dry-run
`
}

function inputsOf(texts: Readonly<Record<string, string>>): readonly Input[] {
  return Object.entries(texts).map(([name, text]) => ({ name, open: () => once(text) }))
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
