import { madeUp } from '../src/catalog/made-up.ts'
import { readBatches } from '../src/finding/read.ts'
import { Keyring } from '../src/model/keyring.ts'
import { median } from './child.ts'
import type { Figure } from './main.ts'

const findings = 30_000
const rounds = 5

interface Report {
  readonly what: string
  readonly text: string
  /** The same findings as JSON lines, for the bare parser; undefined: it parses the very document, whole. */
  readonly lines: string | undefined
}

const atLeast = 0.4

/**
 * How fast each kind of report is read, to splitting the same findings as lines and parsing each. SARIF is written with
 * indents, a third of its length, which its results as lines would not have: it is read against parsing it as it stands.
 * Both in this process, in turns.
 */
export async function readers(): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const { what, text, lines } of reports()) {
    const bytes = Buffer.from(text)
    const bare = lines === undefined ? bytes : Buffer.from(lines)
    const ratios: number[] = []
    for (let round = 0; round < rounds; round++) {
      const least = await timed(() => (lines === undefined ? parsedWhole(bare) : parsed(bare)))
      const whole = await timed(() => read(bytes))
      // The first round warms up.
      if (round > 0) ratios.push(least / whole)
    }
    figures.push({
      what: `reading ${what}, to JSON.parse ${lines === undefined ? 'of the same' : 'by line'}`,
      value: median(ratios),
      unit: ' ×',
      atLeast,
    })
  }
  return figures
}

function* reports(): Generator<Report> {
  const leaks = Array.from({ length: findings }, (_, index) => leak(index))
  const hogs = Array.from({ length: findings }, (_, index) => hog(index))
  const ofLeaks = linesOf(leaks)
  yield { what: 'Gitleaks, JSON lines', text: ofLeaks, lines: ofLeaks }
  yield { what: 'TruffleHog, JSON lines', text: linesOf(hogs), lines: linesOf(hogs) }
  yield { what: 'Gitleaks, a JSON array', text: JSON.stringify(leaks, null, 1), lines: ofLeaks }
  const results = leaks.map(result)
  const run = { tool: { driver: { name: 'gitleaks', rules: [{ id: 'stripe-access-token' }] } }, results }
  const sarif = JSON.stringify({ version: '2.1.0', runs: [run] }, null, 1)
  yield { what: 'Gitleaks, SARIF', text: sarif, lines: undefined }
  const headings = Object.keys(leaks[0] ?? {})
  const rows = leaks.map(one => Object.values(one).map(csvCell).join(','))
  yield { what: 'Gitleaks, CSV', text: [headings.join(','), ...rows].join('\n'), lines: ofLeaks }
}

async function read(bytes: Uint8Array): Promise<number> {
  const keyring = new Keyring()
  let count = 0
  const options = {
    secret: (text: string) => keyring.of(text),
    warn: ({ message }: { readonly message: string }) => {
      throw new Error(message)
    },
  }
  for await (const batch of readBatches([{ name: 'report', open: () => inPieces(bytes) }], options))
    count += batch.length
  return count
}

async function parsed(bytes: Uint8Array): Promise<number> {
  let count = 0
  let rest = ''
  const decoder = new TextDecoder()
  for await (const piece of inPieces(bytes)) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (JSON.parse(line) !== null) count += 1
  }
  return count
}

async function parsedWhole(bytes: Uint8Array): Promise<number> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const piece of inPieces(bytes)) text += decoder.decode(piece, { stream: true })
  const { runs }: { readonly runs: readonly { readonly results: readonly unknown[] }[] } = JSON.parse(text)
  return runs.flatMap(({ results }) => results).length
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const size = 256 * 1024
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

async function timed(work: () => Promise<number>): Promise<number> {
  const started = performance.now()
  const count = await work()
  if (count !== findings) throw new Error(`${count} of ${findings} findings were read`)
  return performance.now() - started
}

function csvCell(value: string | number): string {
  const text = String(value)
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function linesOf(records: readonly object[]): string {
  return records.map(record => `${JSON.stringify(record)}\n`).join('')
}

const secrets = Array.from({ length: 2_000 }, (_, index) => madeUp('sk_live_{alnum:34}', String(index)))

function leak(index: number): { readonly [field: string]: string | number } {
  return {
    RuleID: 'stripe-access-token',
    Description: 'Found a Stripe key',
    StartLine: (index % 400) + 1,
    StartColumn: 5,
    Match: 'key = "redacted, here"',
    Secret: secrets[(index * 7919) % secrets.length] ?? '',
    File: `src/service-${index % 997}/config-${index % 89}.env`,
    Commit: (index * 2654435761).toString(16).padStart(16, '0').repeat(3).slice(0, 40),
    Author: `Author ${index % 211}`,
    Email: `author${index % 211}@example.com`,
    Date: '2026-11-01T10:00:00Z',
    Fingerprint: `${index}`,
  }
}

function hog(index: number): object {
  const { File, StartLine, Commit, Email, Secret } = leak(index)
  const timestamp = '2026-11-01 10:00:00 +0000 UTC'
  return {
    SourceMetadata: {
      Data: {
        Git: {
          commit: Commit,
          file: File,
          email: Email,
          repository: 'https://git.example.com/o/r',
          timestamp,
          line: StartLine,
        },
      },
    },
    SourceID: 1,
    SourceType: 16,
    DetectorType: 142,
    DetectorName: 'Stripe',
    DecoderName: 'PLAIN',
    Verified: false,
    Raw: Secret,
    RawV2: '',
    ExtraData: null,
  }
}

function result({ RuleID, Secret, File, StartLine, Commit, Email }: ReturnType<typeof leak>): object {
  const region = { startLine: StartLine, startColumn: 5, snippet: { text: Secret } }
  return {
    ruleId: RuleID,
    message: { text: 'A key was found.' },
    locations: [{ physicalLocation: { artifactLocation: { uri: File }, region } }],
    partialFingerprints: { commitSha: Commit, email: Email, date: '2026-11-01T10:00:00Z' },
  }
}
