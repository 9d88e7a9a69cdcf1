import type { Case } from '../model/credential.ts'
import type { Report } from '../model/run.ts'
import { caseJson } from './json.ts'

/** A case a line. */
export function* jsonl({ cases }: Report): Generator<string> {
  for (const one of cases) yield* caseLine(one)
}

/** One case as a line, in pieces: written while the run goes on, as soon as the case is decided. */
export function* caseLine(one: Case): Generator<string> {
  yield* caseJson(one, '')
  yield '\n'
}
