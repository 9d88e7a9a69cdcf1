import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { madeUp } from '../src/catalog/made-up.ts'
import { measured } from './child.ts'
import type { Figure } from './main.ts'

const findings = 1_000_000
const keys = 20_000

/** A million findings of twenty thousand keys, as JSON lines, planned but not sent; beside parsing the lines alone. */
export async function manyFindings(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'afterleak-bench-'))
  const file = join(folder, 'findings.jsonl')
  await write(file)
  const parser = fileURLToPath(new URL('./parse-lines.js', import.meta.url))
  const ratios: number[] = []
  let peak = 0
  for (let round = 0; round < 3; round++) {
    const alone = await measured([parser, file])
    const whole = await measured(['dist/afterleak.js', 'check', file, '--dry-run', '--quiet'], {
      XDG_STATE_HOME: folder,
    })
    if (whole.code !== 0) throw new Error(`the dry run ended with ${whole.code ?? 'a signal'}`)
    ratios.push(whole.milliseconds / alone.milliseconds)
    peak = Math.max(peak, whole.peak)
  }
  await rm(folder, { recursive: true })
  return [
    {
      what: '1,000,000 findings of 20,000 keys, to parsing the lines alone',
      value: ratios.toSorted((a, b) => a - b)[1] ?? 0,
      unit: ' ×',
      atMost: 2.5,
    },
    { what: 'their peak memory', value: peak, unit: ' MB', atMost: 400 },
  ]
}

async function write(file: string): Promise<void> {
  const out = createWriteStream(file)
  const secrets = Array.from({ length: keys }, (_, index) => madeUp('sk_live_{alnum:34}', String(index)))
  for (let index = 0; index < findings; index++) {
    const line = JSON.stringify({
      RuleID: 'stripe-access-token',
      File: `src/service-${index % 997}/config-${index % 89}.env`,
      StartLine: (index % 400) + 1,
      Secret: secrets[(index * 7919) % keys],
      Commit: (index * 2654435761).toString(16).padStart(16, '0').repeat(3).slice(0, 40),
      Author: `Author ${index % 211}`,
      Date: '2026-11-01T10:00:00Z',
      Fingerprint: `${index}`,
    })
    if (!out.write(`${line}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}
