// How well misuse is told on labelled logs: `npm run bench:misuse [FOLDER] [--missed]`.
import { bundled } from '../bundle.js'

const folder = await bundled('bench-misuse', ['bench/misuse/main.ts'])
await import(new URL('main.js', folder))
