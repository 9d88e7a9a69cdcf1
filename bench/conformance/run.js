// What providers' own documents say of every request in validators/, and what other tools ask instead:
// `npm run conformance`, `npm run peers`.
import { bundled } from '../bundle.js'

const folder = await bundled('conformance', ['bench/conformance/main.ts', 'bench/conformance/peers.ts'])
await import(new URL(process.argv[2] === 'peers' ? 'peers.js' : 'main.js', folder))
