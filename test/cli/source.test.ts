import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadCatalog, readFindings } from '../../src/index.ts'
import { baseline, sha } from '../source/support.ts'
import { keys, run, withNetwork } from './run.ts'
import { file, folder, shippedCatalog } from './support.ts'

const { stripe } = keys
withNetwork()

function checkout(): string {
  const root = folder()
  mkdirSync(join(root, 'src'))
  writeFileSync(join(root, 'src', 'pay.py'), `import os\nkey = "${stripe}"\n`)
  return root
}

const hidden = file('baseline.json', JSON.stringify(baseline({ file: 'src/pay.py', line: 2, secret: stripe })))

describe('--source', () => {
  it('checks what a scanner only hashed, and says that it was read back', async () => {
    const { code, out, error } = await run(['check', hidden, '--source', checkout(), '--to', 'json'])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      cases: [
        {
          provider: 'stripe',
          verdict: { state: 'live' },
          findings: [{ scanner: 'detect-secrets', file: 'src/pay.py', line: 2, readBack: 'hash' }],
        },
      ],
      warnings: [{ message: "1 of 1 redacted values were read back (1 confirmed by the scanner's hash)." }],
    })
    expect(error).toContain('1 of 1 redacted values were read back')
    expect(`${out}${error}`).not.toContain(stripe.slice(8, 30))
  })

  it('sends nothing that was hidden without it', async () => {
    const { out } = await run(['check', hidden, '--to', 'json'])
    expect(JSON.parse(out)).toMatchObject({ cases: [{ verdict: { state: 'skipped', reason: 'redacted' } }] })
  })

  it('shows in findings too what check would send with it', async () => {
    const shown = async (...more: string[]) =>
      JSON.parse((await run(['findings', hidden, ...more, '--to', 'json'])).out)
    expect(await shown()).toMatchObject({ files: [{ checkable: 0, redacted: 1 }], providers: {}, warnings: [] })
    expect(await shown('--source', checkout())).toMatchObject({
      files: [{ checkable: 1, redacted: 0 }],
      providers: { stripe: 1 },
      warnings: [{ message: "1 of 1 redacted values were read back (1 confirmed by the scanner's hash)." }],
    })
  })

  it('says what is wrong with a folder that is none', async () => {
    for (const folders of ['/nowhere/at/all', hidden]) {
      const { code, error } = await run(['check', hidden, '--source', folders])
      expect(code).toBe(2)
      expect(error).toContain(`--source ${folders}`)
    }
  })

  it('keeps what a mask shows out of the report', async () => {
    const mask = `${stripe.slice(0, 30)}****`
    const found = [{ RuleID: 'stripe-access-token', Secret: mask, Match: mask, File: 'src/pay.py', StartLine: 9 }]
    const report = file('gitleaks.json', JSON.stringify(found))
    for (const more of [[], ['--source', folder()]]) {
      const { out, error } = await run(['check', report, ...more, '--to', 'json'])
      expect(`${out}${error}`).not.toContain(stripe.slice(8, 30))
    }
  })
})

describe('the library', () => {
  it('reads hidden values back, too', async () => {
    const { catalog } = await loadCatalog({ from: await shippedCatalog() })
    const findings = readFindings([hidden], { source: [checkout()], catalog })
    const read = []
    for await (const one of findings) read.push(one)
    expect(read.map(({ readBack }) => readBack)).toEqual(['hash'])
    expect(read[0]?.value?.digest(text => sha('sha1', text))).toBe(sha('sha1', stripe))
    expect(JSON.stringify(read)).not.toContain(stripe.slice(8, 30))
    expect(findings.warnings).toHaveLength(1)
  })
})
