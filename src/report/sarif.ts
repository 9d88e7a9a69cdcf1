import { hash } from 'node:crypto'
import type { Notification, ReportingDescriptor, Result } from 'sarif'
import type { Case, Sighting } from '../model/credential.ts'
import type { Warning } from '../model/finding.ts'
import type { Decision } from '../model/priority.ts'
import type { Report, Run } from '../model/run.ts'
import type { State } from '../model/verdict.ts'
import { usedWords } from './reader-words.ts'
import { sarifLocation } from './sarif-location.ts'
import { nameOf, reasonWords, sentence } from './words.ts'

type Level = 'error' | 'warning' | 'note'

const levels: Readonly<Record<State, Level>> = { live: 'error', unknown: 'warning', dead: 'note', skipped: 'note' }

/** Where a log was read and the urgency decided, that tells more than whether it works. */
const urgencyLevels: Readonly<Record<Decision, Level>> = {
  act_now: 'error',
  investigate: 'error',
  out_of_cycle: 'error',
  scheduled: 'warning',
  none: 'note',
}

const stateWords: Readonly<Record<State, string>> = {
  live: 'is live',
  unknown: 'could not be decided',
  dead: 'is dead',
  skipped: 'was not checked',
}

/** SARIF 2.1.0: a rule a kind of key, a result a place. https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export function* sarif({ run, cases, warnings }: Report): Generator<string> {
  const rules = rulesOf(cases)
  const indexes = new Map([...rules.keys()].map((id, index) => [id, index]))
  const driver = { name: 'afterleak', version: run.version, rules: [...rules.values()] }
  yield '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{'
  yield `"tool":${JSON.stringify({ driver })},\n"results":[`
  let separator = '\n'
  for (const one of cases) {
    const shared = JSON.stringify(resultOf(one, indexes.get(ruleId(one)) ?? -1)).slice(0, -1)
    for (const place of one.findings.length === 0 ? [undefined] : one.findings) {
      yield `${separator}${shared},${JSON.stringify(placed(one, place)).slice(1)}`
      separator = ',\n'
    }
  }
  yield `],\n${JSON.stringify(about(run, warnings)).slice(1, -1)}}]}\n`
}

function ruleId({ provider, kind }: Case): string {
  const id = [provider ?? 'unidentified', kind].filter(part => part !== null).join('/')
  return id.replace(/\s+/g, '-')
}

function rulesOf(cases: readonly Case[]): ReadonlyMap<string, ReportingDescriptor> {
  const rules = new Map<string, ReportingDescriptor>()
  for (const one of cases) {
    const id = ruleId(one)
    if (!rules.has(id)) rules.set(id, rule(id, one))
  }
  return rules
}

function rule(id: string, one: Case): ReportingDescriptor {
  const { runbook } = one
  const name = `${nameOf(one)}${one.kind === null ? '' : ` ${one.kind}`}`
  const steps = runbook?.steps.map((step, index) => `${index + 1}. ${step}`) ?? []
  const help = runbook
    ? `Revoke it at ${runbook.where}\n${steps.join('\n')}\nThe way back: ${runbook.wayBack}`
    : 'Find the owner of the key, replace it where it is used, then revoke it at its provider.'
  return {
    id,
    shortDescription: { text: `Leaked key: ${name}` },
    fullDescription: { text: `A key (${name}) was found where it does not belong. The level says whether it works.` },
    help: { text: help },
    ...(runbook && /^https:\/\/\S+$/.test(runbook.where) && URL.canParse(runbook.where)
      ? { helpUri: runbook.where }
      : {}),
    properties: { tags: ['security', 'secret'] },
  }
}

/** What all places of a case share. `kind` stays "fail": with any other, the standard allows no level but "none". */
function resultOf(one: Case, ruleIndex: number): Result {
  const { state, reason, because, identity } = one.verdict
  const { misuse, priority } = one
  const used = usedWords(one)
  const says = `${nameOf(one)} ${one.shown} ${stateWords[state]} (${reasonWords(reason)}): ${sentence(because)}`
  return {
    ruleId: ruleId(one),
    ruleIndex,
    level: priority === undefined ? levels[state] : urgencyLevels[priority.decision],
    kind: 'fail',
    message: { text: literal(says) },
    properties: {
      case: one.id,
      state,
      reason,
      ...(identity ? { identity } : {}),
      ...(priority && { decision: priority.decision, ...(priority.due !== undefined && { due: priority.due }) }),
      ...(misuse && { misuse: misuse.level, p: misuse.p }),
      ...(used.length > 0 && { readOrTriedBy: used }),
    },
  }
}

function placed(one: Case, place: Sighting | undefined): Pick<Result, 'locations' | 'partialFingerprints'> {
  const location = place && sarifLocation(place)
  const same = [ruleId(one), one.shown, place?.file, place?.line, place?.column, place?.commit, place?.url]
  const digest = hash('sha256', JSON.stringify(same))
  return { locations: location ? [location] : [], partialFingerprints: { 'afterleak/v1': digest } }
}

/** Brackets would be links and braces place-holders in a SARIF message (3.11.3, 3.11.5). */
function literal(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&').replace(/[{}]/g, '$&$&')
}

function about({ id, started, finished, ledgerHead }: Run, warnings: readonly Warning[]) {
  return {
    automationDetails: { id: `afterleak/${id}` },
    invocations: [
      {
        executionSuccessful: true,
        startTimeUtc: started,
        endTimeUtc: finished,
        toolExecutionNotifications: warnings.map(notification),
      },
    ],
    columnKind: 'unicodeCodePoints',
    properties: { ledgerHead },
  }
}

function notification(warning: Warning): Notification {
  const location = sarifLocation(warning)
  return {
    level: warning.unreadable ? 'error' : 'warning',
    message: { text: literal(warning.message) },
    ...(location ? { locations: [location] } : {}),
  }
}
