import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Judged } from '../../src/model/verdict.ts'
import { Journal, keyOf, readJournal } from '../../src/store/journal.ts'
import { planned } from '../engine/support.ts'
import { judged } from './judged.ts'

let folder: string
let files = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'afterleak-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const fresh = (): string => join(folder, `${++files}.jsonl`)
const same = (text: string): string => text

describe('a journal', () => {
  it('asks once for what two need at the same moment, and for what was told before', async () => {
    const journal = new Journal(fresh(), new Map(), same)
    let asked = 0
    const ask = async (): Promise<Judged> => {
      asked += 1
      await Promise.resolve()
      return judged()
    }
    const [one, two] = await Promise.all([journal.once(planned(), ask), journal.once(planned(), ask)])
    expect(await journal.once(planned(), ask)).toBe(one)
    expect(two).toBe(one)
    expect(asked).toBe(1)
  })

  it('asks again for what failed, or was not known', async () => {
    const journal = new Journal(fresh(), new Map(), same)
    const failing = async (): Promise<Judged> => Promise.reject(new Error('wrong use'))
    await expect(journal.once(planned(), failing)).rejects.toThrow('wrong use')
    expect((await journal.once(planned(), async () => judged('unknown'))).verdict.state).toBe('unknown')
    expect((await journal.once(planned(), async () => judged())).verdict.state).toBe('live')
  })

  it('tells two requests of one path apart by their names', async () => {
    const journal = new Journal(fresh(), new Map(), same)
    await journal.once(planned({ name: 'first' }), async () => judged('live'))
    expect(
      (await journal.once(planned({ name: 'second' }), async () => judged('dead', { reason: 'revoked' }))).verdict
        .state,
    ).toBe('dead')
  })

  it('has the line on disk before the answer is used', async () => {
    const file = fresh()
    const journal = new Journal(file, new Map(), same)
    await journal.once(planned(), async () => judged())
    expect(readFileSync(file, 'utf8')).toContain('"live"')
  })

  it('keeps what a server says, whatever characters it uses', async () => {
    const file = fresh()
    const journal = new Journal(file, new Map(), same)
    await journal.once(planned(), async () => judged('live', { identity: { name: 'a\u2028b\u2029c\rd\n"' } }))
    expect((await readJournal(file)).answers.get(keyOf(planned()))?.verdict.identity).toEqual({
      name: 'a\u2028b\u2029c\rd\n"',
    })
  })

  it('is read but for a last line that was cut off, and for lines that are none', async () => {
    const file = fresh()
    const journal = new Journal(file, new Map(), same)
    await journal.once(planned({ credential: 'a' }), async () => judged())
    await journal.once(planned({ credential: 'b' }), async () => judged())
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, `null\n[]\n{"key":1}\n{"key":"x","judged":{}}\n${text.slice(0, -30)}`)
    expect([...(await readJournal(file)).answers.keys()]).toEqual([keyOf(planned({ credential: 'a' }))])
  })

  it('is scrubbed', async () => {
    const file = fresh()
    const journal = new Journal(file, new Map(), text => text.replaceAll('S3cret', '…'))
    await journal.once(planned(), async () => judged('live', { identity: { name: 'S3cret' } }))
    expect(readFileSync(file, 'utf8')).not.toContain('S3cret')
  })

  it('is not kept where a run had nothing to decide', () => {
    const file = fresh()
    new Journal(file, new Map(), same).close(true)
    expect(existsSync(file)).toBe(false)
  })
})
