// Builds dist/: the command, the library with its types, the compiled providers, the published schemas.
// Also refreshes the two generated files in validators/, which are committed so that changes are seen in review.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

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

rmSync('dist', { recursive: true, force: true })
await build({
  ...shared,
  entryPoints: { afterleak: 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: 'dist',
  chunkNames: '[name]-[hash]',
})
await build({
  ...shared,
  entryPoints: { publish: 'src/catalog/publish.ts' },
  outdir: 'node_modules/.cache/afterleak',
})
const publisher = new URL('node_modules/.cache/afterleak/publish.js', import.meta.url)
const { publish } = await import(publisher.href)
await publish('validators', 'dist')
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], { stdio: 'inherit' })
