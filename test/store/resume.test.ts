import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/ledger.ts'
import type { SafeRequest } from '../../src/model/request.ts'
import type { Judged } from '../../src/model/verdict.ts'
import { Journal, keyOf, readJournal } from '../../src/store/journal.ts'
import { leftBy } from '../../src/store/resume.ts'
import { journalFile, ledgerFile, openState, type State } from '../../src/store/state.ts'
import { planned } from '../engine/support.ts'
import { often } from '../often.ts'
import { judged } from './judged.ts'

const at = '2026-11-24T00:00:00Z'
let folder: string
let states = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'afterleak-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const fresh = (): State => openState(join(folder, String(++states)))
const same = (text: string): string => text

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
    let kill = (): void => undefined
    const killed = new Promise<'killed'>(resolve => (kill = () => resolve('killed')))
    const never = (): Promise<Judged> => {
      kill()
      return new Promise(() => undefined)
    }
    const queue = requests[Symbol.iterator]()
    const worker = async (): Promise<'killed' | 'done'> => {
      for (const request of queue) {
        const answer = this.#journal.once(request, async () => {
          const number = await this.#ledger.sent(request, at)
          if (this.left?.underWay(request)) this.repeated.add(request.credential)
          this.#asked.set(request.credential, (this.#asked.get(request.credential) ?? 0) + 1)
          await Promise.resolve()
          if (rest <= 0) return never()
          rest -= 1
          this.#ledger.answered(number, { status: 200 }, at)
          // The answer is there, and the process ends before it is written down.
          if (rest === 0 && lost) return never()
          return judged()
        })
        if ((await Promise.race([answer, killed])) === 'killed') return 'killed'
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
      often(60),
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

  it('is that of the resumed run, also where both began in the same second', async () => {
    for (const [first, second] of [
      ['run-a', 'run-b'],
      ['run-b', 'run-a'],
    ] as const) {
      const state = fresh()
      const asked = new Map<string, number>()
      await (await Run.open(state, first, asked)).walk([request], { atOnce: 1, answers: 0, lost: false })
      const run = await Run.open(state, second, asked)
      expect((await leftBy(state, undefined))?.run).toBe(second)
      run.close(true)
      expect(await leftBy(state, undefined)).toBeUndefined()
    }
  })

  it('is whole although the run that took it over was killed while it did', async () => {
    const state = fresh()
    const asked = new Map<string, number>()
    await (await Run.open(state, 'run-1', asked)).walk([request], { atOnce: 1, answers: 1, lost: false })
    await Run.open(state, 'run-2', asked)
    writeFileSync(journalFile(state, 'run-2'), '{"key":"acme-1 who')
    const left = await leftBy(state, undefined)
    expect([left?.run, left?.answers.size, left?.underWay(request)]).toEqual(['run-2', 1, false])
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
