import { calibration, leaveOneOut } from './calibration.ts'
import { labelled, series } from './samples.ts'
import { share } from './share.ts'
import { type Judged, keysWithoutHistory, rates, ruleTests, takeover, type Without } from './tracks.ts'

const folder = process.argv[2] ?? 'bench/misuse/samples'
const verbose = process.argv.includes('--missed')
const withouts: readonly Without[] = ['nothing', 'addresses', 'user agents']

function line(track: string, without: Without, judged: readonly Judged[], level = 0.5): void {
  const hostile = judged.filter(one => one.hostile)
  const own = judged.filter(one => !one.hostile)
  const flagged = (all: readonly Judged[], from = level): number => all.filter(({ p }) => p >= from).length
  const brier =
    judged.reduce((sum, { p, hostile: is }) => sum + (p - (is ? 1 : 0)) ** 2, 0) / Math.max(1, judged.length)
  const cells = [track, without === 'nothing' ? '' : `without ${without}`]
  process.stdout.write(
    `${cells.join(' ').padEnd(48)} attack ${share(flagged(hostile), hostile.length).padEnd(34)} benign ${share(flagged(own), own.length).padEnd(30)} Brier ${brier.toFixed(3)}${level > 0.2 ? `, worth a look: benign ${share(flagged(own, 0.2), own.length)}` : ''}\n`,
  )
  if (!verbose || (without !== 'nothing' && without !== 'tables')) return
  for (const one of judged.filter(({ p, hostile: is }) => p >= level !== is))
    process.stdout.write(
      `    ${one.hostile ? 'missed' : 'FALSE '} ${one.p.toFixed(2)} ${one.name} ${one.misuse?.sessions.map(({ signals, actions }) => `${actions.slice(0, 3).join(' ')} | ${signals.map(({ family, llr }) => `${family} ${llr.toFixed(1)}`).join(', ')}`)[0] ?? ''}\n`,
    )
}

for (const set of ['invictus-aws', 'stratus-detonations', 'otrf-cloudbreach'])
  for (const prior of [-3.5, -2] as const)
    for (const without of withouts) {
      const events = labelled(folder, set)
      if (events !== undefined) line(`A ${set} prior ${prior}`, without, keysWithoutHistory(events, prior, without))
    }
for (const prior of [-3.5, -0.5] as const) {
  const events = labelled(folder, 'elastic-sshauth')
  if (events !== undefined) line(`B elastic-sshauth prior ${prior}`, 'nothing', takeover(events, prior, 'nothing'))
}
const hourly = series(folder)
if (hourly !== undefined) {
  const { days, falseDays, windows, hit } = rates(hourly)
  process.stdout.write(
    `C nab-rates: days with a false alarm ${share(falseDays, days)}; windows hit ${share(hit, windows)}\n`,
  )
}
for (const without of [...withouts, 'tables'] as const) {
  const records = labelled(folder, 'panther-unittests')
  if (records === undefined) continue
  // A record of the collector's enrichment alone holds no event; the line above counts them.
  const tests = records.filter(({ by }) => by !== 'enrichment alone')
  line('F panther-unittests, worth a look', without, ruleTests(tests, without), 0.2)
  const known = tests.filter(({ by }) => by === 'format')
  line('F, of logs that are known', without, ruleTests(known, without), 0.2)
}

for (const text of [...leaveOneOut(folder), ...calibration(folder)]) process.stdout.write(`${text}\n`)
