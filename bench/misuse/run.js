// How well misuse is told on labelled logs: `npm run bench:misuse [FOLDER] [--missed]`.
import { build } from 'esbuild'

const outdir = 'node_modules/.cache/afterleak-bench-misuse'
await build({
  entryPoints: ['bench/misuse/main.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  outdir,
  logLevel: 'warning',
})
await import(`../../${outdir}/main.js`)
