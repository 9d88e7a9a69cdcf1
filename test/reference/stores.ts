import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Catalog } from '../../src/catalog/catalog.ts'
import { openRun, type RunSettings } from '../../src/composition/run.ts'
import { startLoopback } from '../../src/demo/loopback.ts'
import type { Warning } from '../../src/model/finding.ts'

/** What a simulated store is asked. */
export interface Asked {
  readonly method: string
  readonly host: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface Said {
  readonly status: number
  readonly json?: unknown
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What reading references came to, and what was left of it. */
export interface Outcome {
  /** The text behind each reference, or the words of its error. */
  readonly values: readonly string[]
  readonly asked: readonly Asked[]
  readonly ledger: string
  readonly warnings: readonly Warning[]
}

/** In an environment, stands for the file with the store's own certificate. */
export const theCertificate = '(the certificate)'

/** Reads references in one run, over the real engine, from a store that is simulated on loopback behind TLS. */
export async function readFrom(
  host: string,
  answer: (asked: Asked) => Said,
  environment: Readonly<Record<string, string>>,
  references: readonly string[],
  settings: Partial<RunSettings> = {},
): Promise<Outcome> {
  const asked: Asked[] = []
  const network = await startLoopback([host], (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        host: request.headers.host ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      }
      asked.push(one)
      const { status, json, text, headers } = answer(one)
      response.writeHead(status, { ...(json !== undefined && { 'content-type': 'application/json' }), ...headers })
      response.end(json === undefined ? (text ?? '') : JSON.stringify(json))
    })
  })
  const state = mkdtempSync(join(tmpdir(), 'afterleak-references-'))
  const certificate = join(state, 'ca.pem')
  writeFileSync(certificate, network.ca)
  const named = Object.entries(environment).map(([name, text]) => [name, text === theCertificate ? certificate : text])
  const warnings: Warning[] = []
  const run = await openRun(new Catalog([]), {
    state,
    environment: { HOME: state, ...Object.fromEntries(named) },
    route: network.route,
    ca: [network.ca],
    attempts: 2,
    patience: 1,
    warn: warning => void warnings.push(warning),
    ...settings,
  })
  const values: string[] = []
  try {
    for (const reference of references)
      values.push(
        await run.resolve(reference).then(
          secret => secret.digest(text => text),
          (error: unknown) => String(error),
        ),
      )
  } finally {
    await run.close(true)
    await network.close()
  }
  const ledger = readdirSync(state, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.jsonl'))
    .map(name => readFileSync(join(state, name), 'utf8'))
    .join('')
  return { values, asked, ledger, warnings }
}
