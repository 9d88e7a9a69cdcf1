import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Catalog } from '../../src/catalog/catalog.ts'
import { loadDirectory } from '../../src/catalog/load.ts'
import type { Case } from '../../src/model/credential.ts'
import { Keyring } from '../../src/model/keyring.ts'
import { check, understand } from '../../src/pipeline.ts'
import { openRun, type RunSettings } from '../../src/run.ts'

const { providers } = await loadDirectory('validators')

/** The whole walk of one text that a scanner found, from finding to verdict, over the real engine; loopback is allowed. */
export async function caseOfText(text: string, settings: Partial<RunSettings> = {}): Promise<Case> {
  const keyring = new Keyring()
  const state = mkdtempSync(join(tmpdir(), 'afterleak-state-'))
  const run = await openRun(
    new Catalog(providers),
    { state, allowPrivate: ['127.0.0.1'], attempts: 1, timeout: 5_000, ...settings },
    keyring,
  )
  async function* findings() {
    yield { tool: 'lines', value: keyring.of(text), place: {} }
  }
  try {
    for await (const one of check(await understand(findings(), run.walk), run.walk)) return one
  } finally {
    await run.close(true)
  }
  throw new Error('no case')
}
