// Where other tools ask something else than we do, and why we do not: npm run peers
import { loadDirectory } from '../../src/catalog/load.ts'
import { otherwise, peers, reasonFor } from '../../test/conformance/peers.ts'

const { providers } = await loadDirectory('validators')
const different = otherwise(peers, providers)
const said = new Set<string>()
for (const peer of different) {
  const what = `${peer.provider}  ${peer.request}`
  if (said.has(what)) continue
  said.add(what)
  const same = different.filter(({ provider, request }) => `${provider}  ${request}` === what)
  const tools = [...new Set(same.map(({ tool, version }) => `${tool} (${version})`))]
  process.stdout.write(`${what}\n    ${tools.join(', ')}\n    ${reasonFor(peer) ?? 'NO REASON GIVEN'}\n`)
}
process.stdout.write(`\n${peers.length - different.length} of ${peers.length} requests of other tools are ours too.\n`)
