import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Catalog } from '../../src/catalog/catalog.ts'
import { loadDirectory } from '../../src/catalog/load.ts'
import { investigate } from '../../src/composition/investigate.ts'
import { openInvestigation } from '../../src/composition/investigation.ts'
import { openRun, type RunSettings } from '../../src/composition/run.ts'
import type { Case } from '../../src/model/credential.ts'
import { Keyring } from '../../src/model/keyring.ts'
import { type Checked, check, checkWithParts, understand } from '../../src/pipeline.ts'

const { providers } = await loadDirectory('validators')

/** Who asks in place of the leaked password: a user of the same server. */
interface Asker {
  readonly provider: string
  readonly port: number
  readonly user: string
  readonly password: string
}

/** What an administrator is told of the use of one text that a scanner found, which itself is not used. */
export async function usesOfText(text: string, { provider, port, user, password }: Asker) {
  const keyring = new Keyring()
  const state = mkdtempSync(join(tmpdir(), 'afterleak-state-'))
  const catalog = new Catalog(providers)
  const parts = { user, password: 'env:ADMIN', host: `127.0.0.1:${port}` }
  const admin = new Map([[provider, new Map(Object.entries(parts))]])
  const settings = { state, allowPrivate: ['127.0.0.1'], attempts: 1, timeout: 5_000, noTouch: true, admin }
  const run = await openRun(catalog, { ...settings, environment: { ADMIN: password } }, keyring)
  async function* findings() {
    yield { tool: 'lines', value: keyring.of(text), place: {} }
  }
  try {
    const checked: Checked[] = []
    for await (const one of checkWithParts(await understand(findings(), run.walk), run.walk)) checked.push(one)
    const outside = { state, catalog, scrub: (given: string) => keyring.scrub(given), warn: () => undefined }
    const { sources } = run.walk
    const how = await openInvestigation({ pull: true }, outside)
    const { cases, events } = await investigate(checked, { ...how, ...(sources !== undefined && { sources }) })
    const [one] = cases
    if (one === undefined) throw new Error('no case')
    const [coverage] = one.misuse.coverage
    return { one, coverage, events: [...events(one.id)] }
  } finally {
    await run.close(true)
  }
}

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
