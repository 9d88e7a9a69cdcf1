import { describe, expect, it } from 'vitest'
import { formats } from '../../src/finding/formats.ts'
import { reports } from './reports/all.ts'
import { firstNine } from './reports/first-nine.ts'
import { other, secret } from './reports/report.ts'
import { damaged, numbers, retyped } from './spoiling.ts'
import { type Outcome, type Plain, read } from './support.ts'

const kept: readonly (readonly [format: string, text: string])[] = [
  ...firstNine,
  ...reports.map(([format, , text]) => [format, text] as const),
]
const names = [...new Set(kept.map(([format]) => format))]
/** How many for each format, which of them first, and of which formats: `AFTERLEAK_FUZZ=100000 AFTERLEAK_FUZZ_OF=Git`. */
const runs = Number(process.env.AFTERLEAK_FUZZ ?? 300)
const first = Number(process.env.AFTERLEAK_FUZZ_FROM ?? 0)
const only = process.env.AFTERLEAK_FUZZ_OF ?? ''

interface Spoiled {
  readonly text: string
  readonly from?: string
  /** Only values were changed, so a key can stand nowhere but where a reader looks for it. */
  readonly sound: boolean
}

/** The same for the same number, so that what fails once fails again. */
function spoiled(name: string, texts: readonly string[], number: number): Spoiled {
  const random = numbers(number)
  const text = texts[Math.floor(random() * texts.length)] ?? ''
  const isJson = /^[[{]/.test(text)
  const typed = isJson && random() < 0.8 ? retyped(text, random) : text
  const end = typed === text || random() < 0.3 ? damaged(typed, random) : typed
  const from = random() < 0.3 ? formats.find(format => format.name === name)?.id : undefined
  return { text: end, sound: isJson && end === typed, ...(from !== undefined && { from }) }
}

/** What is not secret of a finding. */
function open({ value: _value, parts: _parts, ...rest }: Plain): string {
  return JSON.stringify(rest)
}

function holdsKey(text: string): boolean {
  return text.includes(secret) || text.includes(other)
}

/** What must never be. Plain comparisons: there are millions of them. */
function wrong({ findings, warnings }: Outcome, sound: boolean): string | undefined {
  for (const finding of findings) {
    const has = finding.value !== undefined || finding.parts !== undefined
    if (has === (finding.redacted === true)) return 'a finding with a value is redacted, or one without is not'
    if (sound && holdsKey(open(finding))) return 'a key outside the value and the parts of its finding'
  }
  if (warnings.length > 0 && holdsKey(JSON.stringify(warnings))) return 'a key in a warning'
  return undefined
}

describe(`${runs} spoiled reports of each format`, () => {
  it('are of every format', () => {
    expect(new Set(names)).toEqual(new Set(formats.map(({ name }) => name)))
  })

  it.each(names.filter(name => name.includes(only)))(
    'give warnings only: %s',
    async name => {
      const texts = kept.filter(([format]) => format === name).map(([, text]) => text)
      const traces = Error.stackTraceLimit
      // Most of them are not JSON: the stack of each such error costs more than the reading.
      Error.stackTraceLimit = 0
      try {
        for (let number = first; number < first + runs; number++) {
          const { text, from, sound } = spoiled(name, texts, number)
          const outcome = await read(text, { from }).catch((error: unknown) => String(error))
          const fault = typeof outcome === 'string' ? outcome : wrong(outcome, sound)
          if (fault !== undefined) throw new Error(`${name}, number ${number}: ${fault}`)
        }
      } finally {
        Error.stackTraceLimit = traces
      }
    },
    3_600_000,
  )
})
