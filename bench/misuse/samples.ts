import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { UsageEvent } from '../../src/model/usage.ts'
import { cloudTrailEvent, otherEvent, type Sample } from './sample-event.ts'

/** One event of a labelled set. */
export interface Labelled {
  readonly key: string | null
  readonly label: string
  readonly event: UsageEvent
  /** The set of rule tests only: copies of the event that its rule waits for. */
  readonly threshold?: number
}

/** An hourly series with the spans in which something was wrong; times in milliseconds. */
export interface Series {
  readonly name: string
  readonly hours: readonly (readonly [hour: number, amount: number])[]
  readonly wrong: readonly (readonly [from: number, to: number])[]
}

/** Undefined where the folder does not hold this set. */
export function labelled(folder: string, set: string): readonly Labelled[] | undefined {
  const small = join(folder, `${set}.jsonl`)
  if (existsSync(small)) return jsonLines(small) as Labelled[]
  if (!existsSync(join(folder, set, 'events.jsonl'))) return undefined
  const labels = new Map(table(join(folder, set, 'labels.tsv')).map(row => [row['id'] ?? '', row]))
  return (jsonLines(join(folder, set, 'events.jsonl')) as Sample[]).flatMap(sample => {
    const row = labels.get(sample.id)
    if (row === undefined || (row['scope'] ?? 'misuse') !== 'misuse') return []
    const isAws = sample.n.provider === 'aws' || sample.n.logType === 'AWS.CloudTrail'
    const event = isAws ? cloudTrailEvent(sample) : otherEvent(sample)
    const threshold = row['threshold'] === undefined ? {} : { threshold: Number(row['threshold']) }
    return [{ key: sample.n.key ?? null, label: row['label'] ?? '', event, ...threshold }]
  })
}

export function series(folder: string): readonly Series[] | undefined {
  const small = join(folder, 'nab-rates.json')
  if (existsSync(small)) return JSON.parse(readFileSync(small, 'utf8')) as Series[]
  const full = join(folder, 'nab-rates')
  if (!existsSync(full)) return undefined
  return table(join(full, 'labels.tsv')).map(row => {
    const sums = new Map<number, number>()
    for (const { timestamp = '', value = '' } of table(join(full, row['file'] ?? ''), ',')) {
      const hour = Math.floor(utc(timestamp) / 3_600_000)
      sums.set(hour, (sums.get(hour) ?? 0) + Number(value))
    }
    const windows = JSON.parse(row['anomaly_windows'] ?? '[]') as [string, string][]
    return {
      name: row['file'] ?? '',
      hours: [...sums].toSorted((a, b) => a[0] - b[0]),
      wrong: windows.map(([from, to]) => [utc(from), utc(to)] as const),
    }
  })
}

function utc(text: string): number {
  return Date.parse(`${text.replace(' ', 'T').replace(/\.0+$/, '')}Z`)
}

function jsonLines(file: string): readonly unknown[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map((line): unknown => JSON.parse(line))
}

function table(file: string, separator = '\t'): readonly Readonly<Record<string, string>>[] {
  const [head = '', ...rows] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/)
  const names = head.split(separator)
  return rows.map(row => Object.fromEntries(row.split(separator).map((cell, index) => [names[index] ?? '', cell])))
}
