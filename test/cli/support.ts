import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { withoutCases } from '../../src/catalog/compile.ts'
import { loadDirectory } from '../../src/catalog/load.ts'
import type { Terminal } from '../../src/cli/terminal.ts'

/** A folder that goes with the machine's temporary files. */
export function folder(): string {
  return mkdtempSync(join(tmpdir(), 'afterleak-test-'))
}

/** What a test says of the world outside. */
export interface World {
  readonly environment?: Readonly<Record<string, string>>
  /** What is piped in; a terminal where absent. */
  readonly input?: string
  /** What is typed where nobody sees it. */
  readonly typed?: string
  readonly outIsTerminal?: boolean
  readonly errorIsTerminal?: boolean
  readonly width?: number
  readonly signal?: AbortSignal
}

export interface FakeTerminal extends Terminal {
  readonly written: { out: string; error: string; asked: string[] }
}

/** A terminal that keeps what is written to it. Its state and its home are in a folder of its own. */
export function fakeTerminal({ environment = {}, input, typed, width = 80, ...rest }: World = {}): FakeTerminal {
  const written = { out: '', error: '', asked: [] as string[] }
  async function* bytes(): AsyncGenerator<Uint8Array> {
    if (input !== undefined && input !== '') yield Buffer.from(input)
  }
  const home = folder()
  return {
    written,
    environment: { HOME: home, XDG_STATE_HOME: home, XDG_CONFIG_HOME: home, ...environment },
    input: Object.assign(bytes(), { isTTY: input === undefined }),
    out: async text => {
      written.out += text
    },
    error: text => {
      written.error += text
    },
    outIsTerminal: false,
    errorIsTerminal: false,
    width,
    signal: new AbortController().signal,
    ask: async question => {
      written.asked.push(question)
      return typed ?? ''
    },
    ...rest,
  }
}

/** The providers of the repository as the build ships them, in a file of this test's own. */
export async function shippedCatalog(): Promise<URL> {
  const { providers } = await loadDirectory('validators')
  const path = join(folder(), 'catalog.json')
  writeFileSync(path, JSON.stringify(providers.map(withoutCases)))
  return pathToFileURL(path)
}

/** Writes a file of a test and gives its path. */
export function file(name: string, text: string, mode = 0o600): string {
  const path = join(folder(), name)
  writeFileSync(path, text, { mode })
  return path
}
