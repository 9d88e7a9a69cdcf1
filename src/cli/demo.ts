import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Catalog } from '../catalog/catalog.ts'
import { madeUp } from '../catalog/made-up.ts'
import { hostNames } from '../catalog/surface.ts'
import { demoKeys, demoReports } from '../demo/findings.ts'
import { startLoopback } from '../demo/loopback.ts'
import { demoNetwork } from '../demo/providers.ts'
import { demoLogs } from '../demo/usage-logs.ts'
import { readFindings } from '../finding/read.ts'
import { type Investigated, investigate } from '../investigate.ts'
import { openInvestigation } from '../investigation.ts'
import type { Warning } from '../model/finding.ts'
import { Keyring } from '../model/keyring.ts'
import type { Report } from '../model/run.ts'
import { type Checked, checkWithParts, understand } from '../pipeline.ts'
import { formats } from '../report/formats.ts'
import { reportOf } from '../report.ts'
import { openRun } from '../run.ts'
import type { Input } from '../text/input.ts'
import { isColored, sinkFor } from './output.ts'
import { progressOn } from './progress.ts'
import { catalogFrom } from './settings.ts'
import type { ExitCode, Terminal } from './terminal.ts'

const introduction = `This is the whole walk, on this machine alone: made-up keys, in the reports of
three scanners (gitleaks, TruffleHog, SARIF), asked of simulated providers over
real TLS. One provider is down, one is hidden behind a proxy that answers for
it, one says that it is asked too often.
`

const interlude = `
Some of these keys work. Who has been using them? Two logs of the last month
know of two of them.
`

const aDay = 86_400_000

/** `afterleak demo`: everything that `check` and `investigate` do, with nothing but this machine. */
export async function demoCommand(terminal: Terminal, { out }: { readonly out: string }): Promise<ExitCode> {
  const catalog = await catalogFrom(undefined)
  const seed = String(Date.now())
  const keys = demoKeys(seed)
  const leaked = new Date(Math.floor((Date.now() - 3 * aDay) / 3_600_000) * 3_600_000)
  const hosts = [...catalog.providers.values()].flatMap(provider => hostNames(provider.hosts))
  const network = await startLoopback([...new Set(hosts)], demoNetwork(keys))
  const state = await mkdtemp(join(tmpdir(), 'afterleak-demo-'))
  const keyring = new Keyring()
  const warnings: Warning[] = []
  const warn = (warning: Warning): void => void warnings.push(warning)
  try {
    const run = await openRun(
      catalog,
      { state, ca: [network.ca], route: host => network.route(host), signal: terminal.signal },
      keyring,
    )
    const inputs = inputsOf(demoReports(keys, leaked))
    const files = inputs.map(({ name }) => name).join(' ')
    terminal.error(`${introduction}\n$ afterleak check ${files}\n`)
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

    const logs = inputsOf(demoLogs(keys, leaked, madeUp('AKIA{aws-account:210987654321}', `${seed} child`)))
    terminal.error(
      `${interlude}\n$ afterleak investigate ${files} \\\n   ${logs.map(({ name }) => ` --logs ${name}`).join('')}\n\n`,
    )
    const found = await investigated(checked, { catalog, logs, keyring, state, warn })
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

interface Outside {
  readonly catalog: Catalog
  readonly logs: readonly Input[]
  readonly keyring: Keyring
  readonly state: string
  readonly warn: (warning: Warning) => void
}

async function investigated(
  checked: readonly Checked[],
  { logs, keyring, ...outside }: Outside,
): Promise<readonly Investigated[]> {
  const own = { networks: ['198.51.100.0/24'] }
  const how = await openInvestigation({ logs, own }, { ...outside, scrub: text => keyring.scrub(text) })
  return (await investigate(checked, how)).cases
}

function inputsOf(texts: Readonly<Record<string, string>>): readonly Input[] {
  return Object.entries(texts).map(([name, text]) => ({ name, open: () => once(text) }))
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
