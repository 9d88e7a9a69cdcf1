// What providers' own documents say of every request in validators/, and what other tools ask instead:
// `npm run conformance`, `npm run peers`.
import { build } from 'esbuild'

const outdir = 'node_modules/.cache/afterleak-conformance'
await build({
  entryPoints: ['bench/conformance/main.ts', 'bench/conformance/peers.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  outdir,
  logLevel: 'warning',
})
await import(`../../${outdir}/${process.argv[2] === 'peers' ? 'peers' : 'main'}.js`)
