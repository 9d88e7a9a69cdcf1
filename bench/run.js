// Bundles the benchmarks and runs them one after the other. Figures are ratios taken in one run; absolute times differ
// from machine to machine.
import { build } from 'esbuild'

const outdir = 'node_modules/.cache/afterleak-bench'
await build({
  entryPoints: ['bench/main.ts', 'bench/server.ts', 'bench/parse-lines.ts', 'bench/read-usage.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  outdir,
  logLevel: 'warning',
})
await import(`../${outdir}/main.js`)
