import { startLoopback } from '../src/demo/loopback.ts'

// A provider in a process of its own, so that its work is not counted: answers every request with one small JSON object.
const body = JSON.stringify({ object: 'account', id: 'acct_bench', country: 'IE' })
const server = await startLoopback((process.argv[2] ?? '').split(','), (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(body.length) })
  response.end(body)
})
process.send?.({ port: server.port, ca: server.ca })
process.on('disconnect', () => process.exit(0))
