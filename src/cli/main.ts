#!/usr/bin/env node
import { processTerminal } from './process-terminal.ts'
import { program } from './program.ts'

const terminal = processTerminal()
process.stdout.on('error', error => {
  // The reader of a pipe has left (head, less): nobody is there to tell.
  if ('code' in error && error.code === 'EPIPE') process.exit(0)
})
process.exitCode = await program(terminal, process.argv.slice(2))
