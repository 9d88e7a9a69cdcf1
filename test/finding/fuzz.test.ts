import { assert, asyncProperty, integer } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formats } from '../../src/finding/formats.ts'
import { reports } from './reports/all.ts'
import { firstNine } from './reports/first-nine.ts'
import { other, secret } from './reports/report.ts'
import { damaged, numbers, retyped } from './spoiling.ts'
import { type Plain, read, recognised } from './support.ts'

const kept: readonly (readonly [format: string, text: string])[] = [
  ...firstNine,
  ...reports.map(([format, , text]) => [format, text] as const),
]
const names = new Set(kept.map(([format]) => format))
const total = Number(process.env.AFTERLEAK_FUZZ ?? 300 * names.size)
const runs = Math.ceil(total / names.size)

/** What is not secret of a finding. */
function open({ value: _value, parts: _parts, ...rest }: Plain): string {
  return JSON.stringify(rest)
}

describe(`${runs} spoiled reports of each format (AFTERLEAK_FUZZ: how many in all)`, () => {
  it('are of every format', () => {
    expect(names).toEqual(new Set(formats.map(({ name }) => name)))
  })

  it.each([...names])(
    'give warnings only: %s',
    async name => {
      const texts = kept.filter(([format]) => format === name).map(([, text]) => text)
      const from = formats.find(format => format.name === name)?.id
      const spoiling = asyncProperty(integer({ min: 0, max: 2 ** 31 }), async seed => {
        const random = numbers(seed)
        const text = texts[Math.floor(random() * texts.length)] ?? ''
        const isJson = /^[[{]/.test(text)
        const typed = isJson && random() < 0.8 ? retyped(text, random) : text
        const spoiled = typed === text || random() < 0.3 ? damaged(typed, random) : typed
        recognised(spoiled)
        const { findings, warnings } = await read(spoiled, random() < 0.3 ? { from } : {})
        for (const finding of findings) {
          if (finding.redacted) expect(finding.value ?? finding.parts).toBeUndefined()
          else expect(finding.value ?? finding.parts).toBeDefined()
          if (isJson && spoiled === typed) for (const key of [secret, other]) expect(open(finding)).not.toContain(key)
        }
        for (const key of [secret, other]) expect(JSON.stringify(warnings)).not.toContain(key)
      })
      await assert(spoiling, { numRuns: runs })
    },
    3_600_000,
  )
})
