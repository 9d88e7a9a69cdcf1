import { unlinkSync } from 'node:fs'
import { LineFile } from '../ledger/line-file.ts'
import { linesOf } from '../ledger/lines.ts'
import { isRecord } from '../model/path.ts'
import type { SafeRequest } from '../model/request.ts'
import type { Judged } from '../model/verdict.ts'

/** Answers of this run, and of the one that it resumes: each request is asked once, however often it is needed. */
export interface Memo {
  once(request: SafeRequest, ask: () => Promise<Judged>): Promise<Judged>
}

/** What names a request among all runs: no time, no secret. */
export function keyOf({
  credential,
  name,
  method,
  origin,
  path,
}: Pick<SafeRequest, 'credential' | 'name' | 'method' | 'origin' | 'path'>): string {
  return `${credential} ${name} ${method} ${origin}${path}`
}

/**
 * Remembers what was decided, in memory and as JSON lines: the line is with the operating system before the answer is
 * used. Failures are not remembered within a run; a resumed one takes over everything that was not cancelled.
 */
export class Journal implements Memo {
  readonly #known: Map<string, Judged>
  readonly #asking = new Map<string, Promise<Judged>>()
  readonly #lines: LineFile
  readonly #scrub: (text: string) => string
  readonly #file: string
  #count = 0

  constructor(file: string, known: ReadonlyMap<string, Judged>, scrub: (text: string) => string) {
    this.#file = file
    this.#lines = new LineFile(file, 'a')
    this.#known = new Map(known)
    this.#scrub = scrub
    // So that a run which resumes this one finds everything in one place.
    for (const [key, judged] of known) this.#add({ key, judged })
    this.#lines.write()
  }

  once(request: SafeRequest, ask: () => Promise<Judged>): Promise<Judged> {
    const key = keyOf(request)
    const known = this.#known.get(key)
    if (known !== undefined) return Promise.resolve(known)
    // Two that need the same answer at the same moment wait for one request.
    let asking = this.#asking.get(key)
    if (asking === undefined) {
      asking = this.#ask(key, ask)
      this.#asking.set(key, asking)
    }
    return asking
  }

  async #ask(key: string, ask: () => Promise<Judged>): Promise<Judged> {
    try {
      const judged = await ask()
      const { state, reason } = judged.verdict
      if (reason !== 'cancelled') {
        this.#add({ key, judged })
        await this.#lines.written()
      }
      if (state !== 'unknown' || judged.then !== undefined) this.#known.set(key, judged)
      return judged
    } finally {
      this.#asking.delete(key)
    }
  }

  /** `complete`: the run came to its end, so that nothing needs to be resumed. */
  close(complete: boolean): void {
    if (complete) this.#add({ finished: true })
    this.#lines.close()
    if (complete && this.#count === 1) unlinkSync(this.#file)
  }

  #add(line: object): void {
    this.#count += 1
    this.#lines.add(this.#scrub(JSON.stringify(line)))
  }
}

/** What a journal holds. A last line that a crash cut off is passed over: its call counts as under way. */
export async function readJournal(
  file: string,
): Promise<{ readonly answers: ReadonlyMap<string, Judged>; readonly finished: boolean }> {
  const answers = new Map<string, Judged>()
  let finished = false
  for await (const text of linesOf(file)) {
    try {
      const line: unknown = JSON.parse(text)
      if (!isRecord(line)) continue
      if (line['finished'] === true) finished = true
      if (typeof line['key'] === 'string' && isJudged(line['judged'])) answers.set(line['key'], line['judged'])
    } catch {
      // The process ended within this line.
    }
  }
  return { answers, finished }
}

function isJudged(value: unknown): value is Judged {
  return (
    isRecord(value) &&
    isRecord(value['verdict']) &&
    typeof value['verdict']['state'] === 'string' &&
    Array.isArray(value['verdict']['evidence'])
  )
}
