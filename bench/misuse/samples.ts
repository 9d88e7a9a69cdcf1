import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Read, RecordReader, type Sample } from './read-records.ts'

/** A record of a labelled set as the readers of an investigation have it. */
export interface Labelled extends Sample, Read {
  readonly name: string
}

/** An hourly series with the spans in which something was wrong; times in milliseconds. */
export interface Series {
  readonly name: string
  readonly hours: readonly (readonly [hour: number, amount: number])[]
  readonly wrong: readonly (readonly [from: number, to: number])[]
}

/** A record as a folder of labelled sets has it, with what was found in it by hand. */
interface Found {
  readonly id: string
  readonly n: {
    readonly ts?: string | number
    readonly key?: string | null
    readonly ua?: string | null
    readonly uaMasked?: string | null
  }
  readonly raw: Sample['raw']
}

const known = new Map<string, readonly Labelled[]>()

/** Undefined where the folder does not hold this set. */
export function labelled(folder: string, set: string): readonly Labelled[] | undefined {
  const samples = known.get(set) ?? read(set, samplesOf(folder, set))
  if (samples.length > 0) known.set(set, samples)
  return known.get(set)
}

function read(set: string, samples: readonly Sample[]): readonly Labelled[] {
  const reader = new RecordReader('bench/misuse/field-map.yaml')
  const found = samples.map((sample, index) => ({
    ...sample,
    name: sample.id ?? `${set} ${index + 1}`,
    ...reader.of(sample),
  }))
  const count = (by: Read['by']): string => `${found.filter(one => one.by === by).length} by ${by}`
  const kinds = (['format', 'field map', 'nothing', 'enrichment alone'] as const).map(count)
  if (samples.length > 0) process.stdout.write(`${set}: records read ${kinds.join(', ')}\n`)
  return found
}

function samplesOf(folder: string, set: string): readonly Sample[] {
  const small = join(folder, `${set}.jsonl`)
  if (existsSync(small)) return jsonLines(small) as Sample[]
  if (!existsSync(join(folder, set, 'events.jsonl'))) return []
  const labels = new Map(table(join(folder, set, 'labels.tsv')).map(row => [row['id'] ?? '', row]))
  return (jsonLines(join(folder, set, 'events.jsonl')) as Found[]).flatMap(({ id, n, raw }) => {
    const row = labels.get(id)
    if (row === undefined || (row['scope'] ?? 'misuse') !== 'misuse') return []
    const threshold = row['threshold'] === undefined ? {} : { threshold: Number(row['threshold']) }
    const masked = n.uaMasked === n.ua ? undefined : (n.uaMasked ?? undefined)
    return [{ id, key: n.key ?? null, label: row['label'] ?? '', raw, userAgent: masked, at: n.ts, ...threshold }]
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
