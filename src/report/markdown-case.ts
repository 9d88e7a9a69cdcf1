import type { Case } from '../model/credential.ts'
import { caseWords, decisionWords } from './case-words.ts'
import { code, inline, link } from './markdown-text.ts'
import { exposedWords, firstPlaces, placeCount, whenAndForWhom, whereFound } from './places.ts'
import { identityFields, moment, nameOf, number, sentence } from './words.ts'

const placeLimit = 10

/** One key for a ticket: what is known of it, what its use says where that was looked into, its places, and the steps. */
export function* markdownCase(one: Case): Generator<string> {
  const { verdict, runbook, findings } = one
  yield `\n### ${inline(nameOf(one))} ${code(one.shown)}\n\n`
  yield `${inline(sentence(verdict.because))} Checked ${moment(verdict.checkedAt)}.\n\n`
  if (one.priority !== undefined) yield* useOf(one)
  for (const [field, value] of identityFields(verdict.identity)) yield `- ${inline(field)}: ${code(value)}\n`
  if (verdict.grants?.length) yield `- may: ${verdict.grants.map(code).join(', ')}\n`
  if (verdict.expiresAt !== undefined) yield `- expires: ${moment(verdict.expiresAt)}\n`
  const exposed = exposedWords(one)
  yield `- ${placeCount(findings)}${exposed === '' ? '' : `: ${inline(exposed)}`}\n`
  for (const place of firstPlaces(findings, placeLimit)) {
    const when = whenAndForWhom(place)
    yield `  - ${link(place.url, code(whereFound(place)))}${when === '' ? '' : ` (${inline(when)})`}\n`
  }
  if (findings.length > placeLimit) yield `  - and ${number(findings.length - placeLimit)} more\n`
  if (runbook === undefined) return
  yield `\nRevoke it: ${link(runbook.where, inline(runbook.where))}\n\n`
  for (const [index, step] of runbook.steps.entries()) yield `${index + 1}. [ ] ${inline(step)}\n`
  yield `\nThe way back: ${inline(sentence(runbook.wayBack))}\n`
}

function* useOf(one: Case): Generator<string> {
  const { lead, signs, then, lookedAt, notSeen } = caseWords(one)
  const { decision, due } = one.priority ?? { decision: 'none', due: undefined }
  yield `**${decisionWords[decision]}**${due === undefined ? '' : `, due ${moment(due)}`}. ${inline(lead)}\n\n`
  for (const { family, says } of signs) yield `- ${inline(family)}: ${inline(says)}\n`
  if (signs.length > 0) yield '\n'
  if (then.length > 0) yield `${inline(then.join(' '))}\n\n`
  if (lookedAt.length > 0) yield `Looked at: ${inline(lookedAt.join('; '))}.\n\n`
  if (notSeen.length > 0) yield `Not seen:\n\n`
  for (const text of notSeen) yield `- ${inline(text)}\n`
  if (lookedAt.length + notSeen.length > 0) yield '\nWhat is known:\n\n'
}
