import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/ledger.ts'
import type { SafeRequest } from '../../src/model/request.ts'
import type { Judged, State as Word } from '../../src/model/verdict.ts'
import { Journal, keyOf, readJournal } from '../../src/store/journal.ts'
import { leftBy } from '../../src/store/resume.ts'
import { journalFile, ledgerFile, openState, type State } from '../../src/store/state.ts'
import { planned } from '../engine/support.ts'

const at = '2026-11-24T00:00:00Z'
let folder: string
let states = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'afterleak-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const fresh = (): State => openState(join(folder, String(++states)))
const same = (text: string): string => text

function judged(state: Word = 'live', change: Partial<Judged['verdict']> = {}): Judged {
  return {
    verdict: {
      state,
      reason: state === 'unknown' ? 'unrecognised' : 'works',
      because: 'It works.',
      checkedAt: at,
      evidence: [],
      ...change,
    },
  }
}

/** A run over a simulated network that can stop at any moment; `asked` counts what arrived there. */
class Run {
  readonly repeated = new Set<string>()
  readonly left: Awaited<ReturnType<typeof leftBy>>
  readonly #asked: Map<string, number>
  readonly #journal: Journal
  readonly #ledger: ReturnType<typeof openLedger>

  private constructor(state: State, id: string, asked: Map<string, number>, left: Awaited<ReturnType<typeof leftBy>>) {
    this.#asked = asked
    this.left = left
    this.#ledger = openLedger(ledgerFile(state, id), {
      run: id,
      version: '0',
      started: at,
      ...(left !== undefined && { resumes: left.run }),
    })
    this.#journal = new Journal(journalFile(state, id), left?.answers ?? new Map(), same)
  }

  static async open(state: State, id: string, asked: Map<string, number>): Promise<Run> {
    return new Run(state, id, asked, await leftBy(state, undefined))
  }

  /** Sends so many at a time; ends as kill -9 would after so many answers, with `lost` of them not written down. */
  async walk(
    requests: readonly SafeRequest[],
    { atOnce, answers, lost }: { readonly atOnce: number; readonly answers: number; readonly lost: boolean },
  ): Promise<void> {
    let rest = answers
    const queue = requests[Symbol.iterator]()
    const worker = async (): Promise<'killed' | 'done'> => {
      for (const request of queue) {
        const answer = this.#journal.once(request, async () => {
          const number = this.#ledger.sent(request, at)
          if (this.left?.underWay(request)) this.repeated.add(request.credential)
          this.#asked.set(request.credential, (this.#asked.get(request.credential) ?? 0) + 1)
          await Promise.resolve()
          if (rest <= 0) return new Promise<Judged>(() => undefined)
          rest -= 1
          this.#ledger.answered(number, { status: 200 }, at)
          // The answer is there, and the process ends before it is written down.
          if (rest === 0 && lost) return new Promise<Judged>(() => undefined)
          return judged()
        })
        if ((await Promise.race([answer, new Promise(resolve => setImmediate(resolve, 'killed'))])) === 'killed')
          return 'killed'
      }
      return 'done'
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
  }

  close(complete: boolean): void {
    this.#journal.close(complete)
    this.#ledger.close()
  }
}

describe('a run that is stopped at any moment and resumed, and that again', () => {
  it('sends only what was under way once more, and marks it', async () => {
    const stop = fc.record({
      atOnce: fc.integer({ min: 1, max: 6 }),
      answers: fc.integer({ min: 0, max: 12 }),
      lost: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 25 }),
        fc.array(stop, { minLength: 1, maxLength: 3 }),
        async (count, stops) => {
          const state = fresh()
          const requests = Array.from({ length: count }, (_, id) => planned({ credential: `acme-${id}` }))
          const asked = new Map<string, number>()
          const underWay = new Map<string, number>()
          for (const [index, how] of stops.entries()) {
            const run = await Run.open(state, `run-${index}`, asked)
            await run.walk(requests, how)
            // Never closed: killed. What arrived without an answer in the journal was under way.
            const { answers } = await readJournal(journalFile(state, `run-${index}`))
            for (const request of requests)
              if (!answers.has(keyOf(request)) && asked.has(request.credential))
                underWay.set(request.credential, asked.get(request.credential) ?? 0)
          }
          const last = await Run.open(state, 'run-last', asked)
          const before = new Map(asked)
          await last.walk(requests, { atOnce: 3, answers: 1000, lost: false })
          last.close(true)
          for (const { credential } of requests) {
            const again = (asked.get(credential) ?? 0) - (before.get(credential) ?? 0)
            const open = underWay.has(credential) || !before.has(credential)
            expect(asked.get(credential)).toBeGreaterThan(0)
            expect(again).toBeLessThanOrEqual(1)
            if (!open) expect(again).toBe(0)
            // Whatever arrived twice is marked, and nothing else is.
            expect(last.repeated.has(credential)).toBe(again === 1 && before.has(credential))
          }
          expect(await leftBy(state, undefined)).toBeUndefined()
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('what a stopped run left', () => {
  const request = planned()

  it('is nothing where no run was stopped', async () => {
    const state = fresh()
    expect(await leftBy(state, undefined)).toBeUndefined()
    const run = await Run.open(state, 'run-1', new Map())
    await run.walk([request], { atOnce: 1, answers: 9, lost: false })
    run.close(true)
    expect(await leftBy(state, undefined)).toBeUndefined()
    expect((await leftBy(state, 'run-1'))?.answers.size).toBe(1)
    expect(await leftBy(state, 'run-9')).toBeUndefined()
  })

  it('is there although the resumed run sent nothing before it was stopped too', async () => {
    const state = fresh()
    const asked = new Map<string, number>()
    const other = planned({ credential: 'acme-2' })
    await (await Run.open(state, 'run-1', asked)).walk([request, other], { atOnce: 2, answers: 1, lost: false })
    const second = await Run.open(state, 'run-2', asked)
    second.close(false)
    const left = await leftBy(state, undefined)
    expect(left?.run).toBe('run-2')
    expect(left?.answers.size).toBe(1)
    expect([left?.underWay(request), left?.underWay(other)]).toEqual([false, true])
  })

  it('is left without a ledger where nothing was sent', async () => {
    const state = fresh()
    new Journal(journalFile(state, 'run-1'), new Map([['a', judged()]]), same).close(false)
    expect((await leftBy(state, undefined))?.answers.size).toBe(1)
  })

  it('holds what is not cancelled, also what is not known', async () => {
    const state = fresh()
    const journal = new Journal(journalFile(state, 'run-1'), new Map(), same)
    await journal.once(planned({ credential: 'a' }), async () => judged('unknown', { reason: 'rate_limited' }))
    await journal.once(planned({ credential: 'b' }), async () => judged('unknown', { reason: 'cancelled' }))
    const left = await leftBy(state, undefined)
    expect([...(left?.answers.keys() ?? [])]).toEqual([keyOf(planned({ credential: 'a' }))])
  })
})

describe('a journal', () => {
  it('asks once for what two need at the same moment, and for what was told before', async () => {
    const journal = new Journal(journalFile(fresh(), 'run-1'), new Map(), same)
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
    const journal = new Journal(journalFile(fresh(), 'run-1'), new Map(), same)
    const failing = async (): Promise<Judged> => Promise.reject(new Error('wrong use'))
    await expect(journal.once(planned(), failing)).rejects.toThrow('wrong use')
    expect((await journal.once(planned(), async () => judged('unknown'))).verdict.state).toBe('unknown')
    expect((await journal.once(planned(), async () => judged())).verdict.state).toBe('live')
  })

  it('tells two requests of one path apart by their names', async () => {
    const journal = new Journal(journalFile(fresh(), 'run-1'), new Map(), same)
    await journal.once(planned({ name: 'first' }), async () => judged('live'))
    expect(
      (await journal.once(planned({ name: 'second' }), async () => judged('dead', { reason: 'revoked' }))).verdict
        .state,
    ).toBe('dead')
  })

  it('has the line on disk before the answer is used', async () => {
    const file = journalFile(fresh(), 'run-1')
    const journal = new Journal(file, new Map(), same)
    await journal.once(planned(), async () => judged())
    expect(readFileSync(file, 'utf8')).toContain('"live"')
  })

  it('keeps what a server says, whatever characters it uses', async () => {
    const file = journalFile(fresh(), 'run-1')
    const journal = new Journal(file, new Map(), same)
    await journal.once(planned(), async () => judged('live', { identity: { name: 'a\u2028b\u2029c\rd\n"' } }))
    expect((await readJournal(file)).answers.get(keyOf(planned()))?.verdict.identity).toEqual({
      name: 'a\u2028b\u2029c\rd\n"',
    })
  })

  it('is read but for a last line that was cut off, and for lines that are none', async () => {
    const file = journalFile(fresh(), 'run-1')
    const journal = new Journal(file, new Map(), same)
    await journal.once(planned({ credential: 'a' }), async () => judged())
    await journal.once(planned({ credential: 'b' }), async () => judged())
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, `null\n[]\n{"key":1}\n{"key":"x","judged":{}}\n${text.slice(0, -30)}`)
    expect([...(await readJournal(file)).answers.keys()]).toEqual([keyOf(planned({ credential: 'a' }))])
  })

  it('is scrubbed', async () => {
    const file = journalFile(fresh(), 'run-1')
    const journal = new Journal(file, new Map(), text => text.replaceAll('S3cret', '…'))
    await journal.once(planned(), async () => judged('live', { identity: { name: 'S3cret' } }))
    expect(readFileSync(file, 'utf8')).not.toContain('S3cret')
  })

  it('is not kept where a run had nothing to decide', () => {
    const file = journalFile(fresh(), 'run-1')
    new Journal(file, new Map(), same).close(true)
    expect(existsSync(file)).toBe(false)
  })
})
