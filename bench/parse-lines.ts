import { createReadStream } from 'node:fs'

// The least that can be done with the same input: split into lines, JSON.parse each.
let rest = ''
let count = 0
for await (const chunk of createReadStream(process.argv[2] ?? '', { encoding: 'utf8', highWaterMark: 256 * 1024 })) {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) if (JSON.parse(line) !== null) count += 1
}
process.stdout.write(`${count}\n`)
