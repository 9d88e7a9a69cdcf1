// Bundles the benchmarks and runs them one after the other. Figures are ratios taken in one run; absolute times differ
// from machine to machine.
import { bundled } from './bundle.js'

const folder = await bundled('bench', [
  'bench/main.ts',
  'bench/server.ts',
  'bench/parse-lines.ts',
  'bench/read-usage.ts',
])
await import(new URL('main.js', folder))
