import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { transform } from 'esbuild'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { madeUp } from '../src/catalog/made-up.ts'
import { checkValidator } from '../src/index.ts'

const run = promisify(execFile)

function block(file: string, language: string): string {
  const text = readFileSync(file, 'utf8')
  const [, found = ''] = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(text) ?? []
  return found
}

describe('what the documents show', () => {
  it("is a provider's file without fault, whose cases hold", async () => {
    expect(await checkValidator('acme.yaml', block('CONTRIBUTING.md', 'yaml'))).toEqual({ faults: [], failures: [] })
  })

  it('is a program that runs, with the library as it is published', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'afterleak-readme-'))
    const { code } = await transform(block('README.md', 'ts'), { loader: 'ts', format: 'esm' })
    writeFileSync(
      join(folder, 'example.mjs'),
      code.replace("'afterleak'", "'./dist.mjs'").replace('"afterleak"', '"./dist.mjs"'),
    )
    writeFileSync(
      join(folder, 'dist.mjs'),
      `export * from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)}`,
    )
    const secret = madeUp('pk_live_{alnum:34}', 'readme')
    writeFileSync(
      join(folder, 'gitleaks.json'),
      JSON.stringify([{ RuleID: 'stripe-access-token', Secret: secret, File: 'a', StartLine: 1 }]),
    )
    const { stdout } = await run(process.execPath, ['example.mjs'], {
      cwd: folder,
      env: { ...process.env, HOME: folder },
    })
    expect(stdout.trim()).toBe(`skipped not_a_secret Stripe pk_live_…${secret.slice(-4)}`)
  })

  it('is a program that the published types know', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'afterleak-types-')), 'example.mts')
    writeFileSync(file, block('README.md', 'ts'))
    const checked = ts.createProgram([file], {
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      allowImportingTsExtensions: true,
      types: ['node'],
      typeRoots: [resolve('node_modules/@types')],
      paths: { afterleak: [resolve('dist/types/index.d.ts')] },
    })
    const faults = ts
      .getPreEmitDiagnostics(checked)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
    expect(faults).toEqual([])
  }, 60_000)

  it('names no file that is not there', () => {
    for (const file of ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'AGENTS.md'])
      for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/`((?:src|test|validators|bench)\/[\w./-]+)`/g))
        expect(existsSync(path), `${file}: ${path}`).toBe(true)
  })
})
