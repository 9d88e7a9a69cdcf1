import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { makespan } from './makespan.ts'
import { manyFindings } from './many-findings.ts'
import { manyRecords } from './many-records.ts'
import { readers } from './readers.ts'
import { starting } from './starting.ts'
import { verdicts } from './verdicts.ts'
import { watching } from './watching.ts'
import { watchingLogs } from './watching-logs.ts'

/** One measured ratio and the bound that it has to keep. */
export interface Figure {
  readonly what: string
  readonly value: number
  readonly unit?: string
  readonly atLeast?: number
  readonly atMost?: number
}

const benches = { starting, readers, makespan, verdicts, manyFindings, manyRecords, watching, watchingLogs }
const wanted = process.argv.slice(2)
if (wanted.length === 1) await measured(wanted[0])
else {
  // Each has a process of its own: memory that one needed before would hide what the next one needs.
  for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) {
    const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), name], { stdio: 'inherit' })
    if (status !== 0) process.exitCode = 1
  }
}

async function measured(wantedName: string | undefined): Promise<void> {
  const measure = Object.entries(benches).find(([name]) => name === wantedName)?.[1]
  if (measure === undefined) throw new Error(`there is no benchmark ${wantedName}: ${Object.keys(benches).join(', ')}`)
  for (const { what, value, unit = '', atLeast, atMost } of await measure()) {
    const holds = (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost)
    if (!holds) process.exitCode = 1
    const bound = atLeast === undefined ? `at most ${atMost ?? ''}` : `at least ${atLeast}`
    process.stdout.write(`${holds ? 'ok  ' : 'OVER'}  ${what}: ${value.toFixed(2)}${unit} (${bound}${unit})\n`)
  }
}
