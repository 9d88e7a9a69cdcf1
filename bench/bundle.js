import { build } from 'esbuild'

/** Bundles TypeScript beside the packages that it uses, under a name of its own; gives the folder, from bench/. */
export async function bundled(name, entryPoints) {
  const outdir = `node_modules/.cache/afterleak-${name}`
  const settings = { bundle: true, format: 'esm', platform: 'node', target: 'node20.19', packages: 'external' }
  await build({ ...settings, entryPoints, outdir, logLevel: 'warning' })
  return new URL(`../${outdir}/`, import.meta.url)
}
