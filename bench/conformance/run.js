// What providers' own documents say of every request in validators/: `npm run conformance`.
import { build } from 'esbuild'

const outdir = 'node_modules/.cache/afterleak-conformance'
await build({
  entryPoints: ['bench/conformance/main.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  outdir,
  logLevel: 'warning',
})
await import(`../../${outdir}/main.js`)
