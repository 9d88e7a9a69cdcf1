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

const wanted = process.argv.slice(2)
const benches = { starting, readers, makespan, verdicts, manyFindings, manyRecords, watching, watchingLogs }
let kept = true
for (const [name, measure] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  for (const { what, value, unit = '', atLeast, atMost } of await measure()) {
    const holds = (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost)
    kept &&= holds
    const bound = atLeast === undefined ? `at most ${atMost ?? ''}` : `at least ${atLeast}`
    process.stdout.write(`${holds ? 'ok  ' : 'OVER'}  ${what}: ${value.toFixed(2)}${unit} (${bound}${unit})\n`)
  }
}
process.exitCode = kept ? 0 : 1
