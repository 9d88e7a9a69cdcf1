import type { Case, Sighting } from '../model/credential.ts'
import type { Report } from '../model/run.ts'

/** The whole report, as json-schema.ts describes it. A place a line, so that it can be read and compared line by line. */
export function* json({ schema, run, summary, cases, warnings }: Report): Generator<string> {
  yield `{"schema":${JSON.stringify(schema)},\n"run":${JSON.stringify(run)},\n`
  yield `"summary":${JSON.stringify(summary)},\n"cases":[`
  let separator = '\n'
  for (const one of cases) {
    yield separator
    yield* caseJson(one, '\n')
    separator = ',\n'
  }
  yield `],\n"warnings":${JSON.stringify(warnings)}}\n`
}

/** One case as a JSON object; `lineBreak` stands before each of its places. */
export function* caseJson(one: Case, lineBreak: '\n' | ''): Generator<string> {
  const { id, provider, kind, name, shown, facts, pairing, candidates, findings, verdict, runbook, dependents } = one
  const { exposure, medium, firstAt, lookup, misuse, readers, priority } = one
  const head = { id, provider, kind, name, shown, facts, pairing, candidates, exposure, medium, firstAt }
  yield `${JSON.stringify(head).slice(0, -1)},"findings":[`
  let separator: string = lineBreak
  for (const sighting of findings) {
    yield separator + JSON.stringify(declared(sighting))
    separator = `,${lineBreak}`
  }
  yield `],${JSON.stringify({ verdict, lookup, misuse, readers, priority, runbook, dependents }).slice(1)}`
}

/** Only what the schema names, in one order, whatever else an object brings along. */
function declared(sighting: Sighting): object {
  const { scanner, rule, file, line, column, commit, url, author, at, exposure, medium, repository, prior, readBack } =
    sighting
  return { scanner, rule, file, line, column, commit, url, author, at, exposure, medium, repository, prior, readBack }
}
