import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { type ReadOptions, readBatches, type Taken } from '../finding/read.ts'
import type { Became } from '../identify/identify.ts'
import type { Finding, Place, Warning } from '../model/finding.ts'
import type { FileOverview, Overview, UnmappedRule } from '../model/overview.ts'
import { type Planned, type Understanding, understand } from '../pipeline.ts'
import { Places } from '../store/places.ts'
import type { Input } from '../text/input.ts'

/** What the overview needs to know: what `check` would. */
export interface OverviewOptions
  extends Pick<Understanding, 'catalog' | 'keyring' | 'asks'>,
    Pick<ReadOptions, 'from' | 'provider'> {
  readonly planning?: Understanding['planning']
  /** What the findings go through before they are understood: hidden values are read back there. */
  readonly through?: (
    findings: AsyncIterable<readonly Finding[]>,
    reading: Pick<ReadOptions, 'secret' | 'warn'>,
  ) => Promise<AsyncIterable<readonly Finding[]>>
}

type Counted = 'findings' | 'checkable' | 'redacted' | 'incomplete' | 'unmapped'

/** An input while it is read. */
interface Reading {
  readonly file: string
  readonly taken: Taken | undefined
  readonly tools: Set<string>
  readonly counts: Record<Counted, number>
}

/** Findings of one input that became the same. */
interface Alike {
  readonly first: Finding
  readonly ids: readonly string[]
  readonly reading: Reading
  count: number
}

/** What is understood of each input: `check`'s own reading, identifying and planning, without its network and its state. */
export async function overview(inputs: readonly Input[], options: OverviewOptions): Promise<Overview> {
  const { catalog, keyring, asks, planning = {}, from, provider, through } = options
  const readings: Reading[] = []
  const warnings: Warning[] = []
  const alikes = new AlikeFindings()
  const ways = {
    secret: (text: string) => keyring.of(text),
    warn: (warning: Warning) => void warnings.push(warning),
  }
  const findings = readBatches(inputs, {
    ...ways,
    from,
    provider,
    isProvider: word => catalog.byWord(word) !== undefined,
    opened: (file, taken) => readings.push({ file, taken, tools: new Set(), counts: none() }),
  })
  const places = new Places(tmpdir(), text => keyring.scrub(text))
  const planned = await understand((await through?.(findings, ways)) ?? findings, {
    catalog,
    keyring,
    planning,
    places,
    fingerprintKey: randomBytes(32),
    ...(asks !== undefined && { asks }),
    tell(finding, became) {
      const last = readings.at(-1)
      if (last !== undefined && became.length > 0) alikes.add(finding, became, last)
    },
  })
  places.close()

  const owners = new Map(planned.flatMap(one => [one.subject.id, ...(one.subject.joined ?? [])].map(id => [id, one])))
  const providers = new Map<string, number>()
  const rules = new Map<string, Ruled>()
  for (const { first, ids, reading, count } of alikes.all()) {
    const became = ids.flatMap(id => owners.get(id) ?? [])
    const is = standing(first, became)
    reading.tools.add(first.tool)
    reading.counts.findings += count
    if (is !== undefined) reading.counts[is] += count
    const names = new Set(became.flatMap(({ subject }) => subject.provider ?? []))
    for (const name of names) providers.set(name, (providers.get(name) ?? 0) + count)

    const { tool, rule } = first
    if (rule === undefined || first.provider !== undefined || catalog.byRule(tool, rule).length > 0) continue
    const key = `${tool}\0${rule}`
    const ruled = rules.get(key) ?? { tool, rule, place: first.place, findings: 0, unmapped: 0, told: new Map() }
    rules.set(key, ruled)
    ruled.findings += count
    if (names.size === 0) {
      if (ruled.unmapped === 0) ruled.place = first.place
      ruled.unmapped += count
    }
    for (const name of names) ruled.told.set(name, (ruled.told.get(name) ?? 0) + count)
  }
  return {
    files: readings.map(reading => fileOf(reading, warnings)),
    providers: Object.fromEntries(frequent([...providers], ([, count]) => count)),
    rules: frequent([...rules.values()], ruled => ruled.findings).map(ruleOf),
    warnings,
  }
}

/** Findings by input and by what they became, so that a million of them are a few thousand entries. */
class AlikeFindings {
  readonly #known = new Map<Reading, Map<Became | string, Alike>>()

  add(finding: Finding, became: Became, reading: Reading): void {
    const known = this.#known.get(reading) ?? new Map<Became | string, Alike>()
    this.#known.set(reading, known)
    // A redacted finding is like no other, but what counts of it is its rule.
    const key = finding.redacted ? `${finding.tool}\0${finding.rule ?? ''}` : became
    const alike = known.get(key)
    if (alike !== undefined) alike.count += 1
    else known.set(key, { first: finding, ids: became.map(({ draft }) => draft.id), reading, count: 1 })
  }

  *all(): Generator<Alike> {
    for (const known of this.#known.values()) yield* known.values()
  }
}

function standing(finding: Finding, became: readonly Planned[]): Exclude<Counted, 'findings'> | undefined {
  const reasons = became.map(({ subject, plan }) => subject.settled?.reason ?? plan.skipped?.reason)
  const isAsked = ({ subject, plan }: Planned): boolean =>
    subject.contest !== undefined || plan.sites?.some(({ ladder }) => ladder.length > 0) === true
  if (became.some(isAsked)) return 'checkable'
  if (finding.redacted) return 'redacted'
  if (reasons.includes('incomplete')) return 'incomplete'
  return reasons.includes('no_validator') ? 'unmapped' : undefined
}

interface Ruled extends Omit<UnmappedRule, 'told' | 'findings' | 'unmapped' | 'place'> {
  place: Place
  findings: number
  unmapped: number
  readonly told: Map<string, number>
}

function ruleOf({ told, ...rest }: Ruled): UnmappedRule {
  return { ...rest, told: frequent([...told], ([, count]) => count).map(([name]) => name) }
}

function fileOf({ file, taken, tools, counts }: Reading, warnings: readonly Warning[]): FileOverview {
  const named = tools.size > 0 ? [...tools] : (taken?.tools ?? [])
  const unread = warnings.some(warning => warning.file === file && warning.unreadable)
  return {
    file,
    tool: named.length === 0 ? null : named.join(', '),
    format: taken?.format ?? (unread ? null : 'empty'),
    ...counts,
  }
}

function none(): Record<Counted, number> {
  return { findings: 0, checkable: 0, redacted: 0, incomplete: 0, unmapped: 0 }
}

function frequent<Item>(items: readonly Item[], countOf: (item: Item) => number): readonly Item[] {
  return items.toSorted((a, b) => countOf(b) - countOf(a))
}
