import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import type { Terminal } from './terminal.ts'

/** The terminal that this process was started from. The first Ctrl-C ends the run in order, a second one at once. */
export function processTerminal(): Terminal {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(130)
      stopping.abort(new Error('stopped'))
      process.stderr.write('\nStopping in order, with what is known so far. Once more stops at once.\n')
    })
  return {
    environment: process.env,
    input: process.stdin,
    out: text =>
      new Promise((done, failed) => {
        process.stdout.write(text, error => (error ? failed(error) : done()))
      }),
    error: text => void process.stderr.write(text),
    outIsTerminal: process.stdout.isTTY,
    errorIsTerminal: process.stderr.isTTY,
    width: process.stdout.columns ?? 80,
    signal: stopping.signal,
    ask,
  }
}

function ask(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true })
  process.stderr.write(question)
  return new Promise(done => {
    reader.question('', answer => {
      reader.close()
      process.stderr.write('\n')
      done(answer)
    })
  })
}
