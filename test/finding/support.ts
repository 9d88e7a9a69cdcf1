import { gzipSync } from 'node:zlib'
import { formats } from '../../src/finding/formats.ts'
import { type ReadOptions, readFindings } from '../../src/finding/read.ts'
import type { Finding, Warning } from '../../src/model/finding.ts'
import { reveal, Secret } from '../../src/model/secret.ts'
import { headLength } from '../../src/text/headed.ts'
import type { Input } from '../../src/text/input.ts'
import { fits } from '../../src/text/json-path.ts'
import { sampleOf } from '../../src/text/sample.ts'

/** A text that looks like a key, made when the test runs. */
export function key(prefix: string, length = 24, seed = 7): string {
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWYZabcdefghijkmnopqrstuvwyz23456789'
  return prefix + Array.from({ length }, (_, i) => alphabet[(i * 31 + seed * 13) % alphabet.length]).join('')
}

/** A finding with its secrets as text, to compare; without what is left of a hidden one. */
export type Plain = Omit<Finding, 'value' | 'parts' | 'hidden'> & { value?: string; parts?: Record<string, string> }

export interface Outcome {
  readonly findings: Plain[]
  readonly warnings: Warning[]
}

type Options = Partial<Pick<ReadOptions, 'from' | 'provider' | 'isProvider'>>

/** Reads one input; `bytes` can come in pieces. */
export async function read(
  bytes: string | Uint8Array | readonly Uint8Array[],
  options: Options = {},
  name = 'report',
): Promise<Outcome> {
  const whole = typeof bytes === 'string' ? [Buffer.from(bytes)] : bytes instanceof Uint8Array ? [bytes] : bytes
  async function* open(): AsyncGenerator<Uint8Array> {
    yield* whole
  }
  return readInput({ name, open }, options)
}

export async function readInput(input: Input, options: Options = {}): Promise<Outcome> {
  const warnings: Warning[] = []
  const findings: Plain[] = []
  const reading = readFindings([input], {
    ...options,
    secret: text => new Secret(text),
    warn: warning => warnings.push(warning),
  })
  for await (const finding of reading) findings.push(plain(finding))
  return { findings, warnings }
}

/** The findings of an input with which nothing is wrong. */
export async function findingsIn(bytes: string | Uint8Array, options: Options = {}): Promise<Plain[]> {
  const { findings, warnings } = await read(bytes, options)
  if (warnings.length > 0) throw new Error(warnings.map(({ message }) => message).join('\n'))
  return findings
}

/** The name of the format that a text is taken for. */
export function recognised(text: string): string | undefined {
  const head = text.slice(0, headLength)
  const cut = text.length > headLength
  const sample = sampleOf(head, cut)
  const first = formats.find(format => {
    if (format.shape === 'text') return sample.shape === 'text' && format.knows(head, cut)
    return sample.shape === 'json' && sample.documents.some(document => fits(format, document))
  })
  return first?.name
}

export function json(...records: readonly object[]): string {
  return JSON.stringify(records, undefined, 1)
}

export function jsonLines(...records: readonly object[]): string {
  return records.map(record => `${JSON.stringify(record)}\n`).join('')
}

export function gzip(text: string): Uint8Array {
  return gzipSync(text)
}

function plain({ value, parts, hidden: _hidden, ...rest }: Finding): Plain {
  return {
    ...rest,
    ...(value !== undefined && { value: reveal(value) }),
    ...(parts !== undefined && { parts: Object.fromEntries(Object.entries(parts).map(revealed)) }),
  }
}

function revealed([name, secret]: [string, Secret]): [string, string] {
  return [name, reveal(secret)]
}
