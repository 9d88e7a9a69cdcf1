// Builds dist/: the command, the library with its types, the compiled providers and addresses, the published schemas.
// Also refreshes the two generated files in validators/, which are committed so that changes are seen in review.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import ts from 'typescript'

const shared = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  splitting: true,
  minifySyntax: true,
  legalComments: 'none',
}

const cache = 'node_modules/.cache/afterleak'

rmSync('dist', { recursive: true, force: true })
await build({
  ...shared,
  entryPoints: { afterleak: 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: 'dist',
  chunkNames: '[name]-[hash]',
})
await build({
  ...shared,
  entryPoints: { publish: 'src/catalog/publish.ts', addresses: 'src/address/publish.ts' },
  outdir: cache,
})
const built = name => import(new URL(`${cache}/${name}.js`, import.meta.url).href)
const [{ publish }, { publishLists, publishNetworks }] = await Promise.all([built('publish'), built('addresses')])
await Promise.all([publish('validators', 'dist'), publishLists('data/ip-lists', 'dist')])

// Half a million ranges take some seconds, so they are compiled again only if they or their compiler changed.
const packages = ['asn', 'asn-country'].map(name => `node_modules/@ip-location-db/${name}/package.json`)
const stamp = createHash('sha256')
for (const file of [`${cache}/addresses.js`, ...packages]) stamp.update(readFileSync(file))
const networks = `${cache}/networks-${stamp.digest('hex').slice(0, 16)}`
if (!existsSync(networks)) {
  const unfinished = mkdtempSync(`${cache}/networks-`)
  await publishNetworks('node_modules', unfinished)
  renameSync(unfinished, networks)
}
cpSync(networks, 'dist', { recursive: true })
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], { stdio: 'inherit' })

// Types are written for each source file; of these the library's entry needs few, and no other is shipped.
const types = 'dist/types'
const needed = new Set(['index.d.ts'])
for (const file of needed)
  for (const { fileName } of ts.preProcessFile(readFileSync(join(types, file), 'utf8')).importedFiles)
    if (fileName.startsWith('.')) needed.add(join(dirname(file), fileName.replace(/\.ts$/, '.d.ts')))
for (const file of readdirSync(types, { recursive: true }))
  if (file.endsWith('.ts') && !needed.has(file)) rmSync(join(types, file))
