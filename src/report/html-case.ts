import type { Case, Runbook, Sighting } from '../model/credential.ts'
import type { Evidence } from '../model/verdict.ts'
import { whatDecides } from './decide.ts'
import { marks } from './html-queue.ts'
import { anchor, esc, fact, time } from './html-text.ts'
import { exposedWords, firstPlaces, whereFound } from './places.ts'
import { type Standing, standing, standingName } from './standing.ts'
import { connectionWords, identityFields, nameOf, number, reasonWords, sentence } from './words.ts'

const placeLimit = 200
const mostConnections = 20

/** Everything known of one case, as a person reads it: what it is, what to do, where it lay, how we know. */
export function* caseDetails(one: Case, at: number): Generator<string> {
  const heap = standing(one.verdict)
  const { reason, because, evidence } = one.verdict
  yield `<article id="case-${at}" data-case="${esc(one.id)}" data-heap="${heap}" aria-labelledby="name-${at}" tabindex="-1">\n`
  yield '<p class="back"><a href="#">← All keys</a></p>\n'
  yield `<p class="state ${heap}"><span class="mark" aria-hidden="true">${marks[heap]}</span> `
  yield `${standingName(heap)}<span class="reason"> · ${esc(reasonWords(reason))}</span></p>\n`
  yield `<h2 id="name-${at}">${esc(nameOf(one))} <code>${esc(one.shown)}</code></h2>\n`
  yield `<p class="lead">${esc(sentence(because))}</p>\n`
  yield nextStep(one, heap)
  yield whatItIs(one)
  yield* places(one)
  if (evidence.length > 0) yield `<section><h3>Evidence</h3>\n${rawEvidence(one)}</section>\n`
  yield '</article>\n'
}

function nextStep(one: Case, heap: Standing): string {
  const decides = heap === 'undecided' ? whatDecides(one) : undefined
  const decide = decides === undefined ? '' : `<p>To decide it: ${esc(sentence(decides))}</p>\n`
  const needed = one.runbook !== undefined && (heap === 'live' || heap === 'undecided')
  if (!needed && decide === '') return ''
  const steps = needed && one.runbook ? checklist(one.runbook, heap) : ''
  return `<section class="next"><h3>Next step</h3>\n${decide}${steps}</section>\n`
}

/** The provider's own steps, to be ticked off. */
export function checklist({ where, steps, wayBack }: Runbook, heap: Standing): string {
  const before = heap === 'live' ? 'Revoke it: ' : 'Or, to be safe, revoke it: '
  const items = steps.map(
    (step, index) =>
      `<li><label><input type="checkbox" data-step="${index}"><span>${esc(sentence(step))}</span></label></li>\n`,
  )
  const back = wayBack === '' ? '' : `<p class="way">The way back: ${esc(sentence(wayBack))}</p>\n`
  return `<p>${before}${anchor(where, esc(where))}</p>\n<ol class="steps">\n${items.join('')}</ol>\n${back}`
}

/** Whose it is, what it may do, and what its form says. */
export function whatItIs(one: Case): string {
  const { id, kind, facts, verdict } = one
  const { identity, grants, expiresAt, retryAt, checkedAt } = verdict
  const known = identityFields(identity).map(([field, value]) => fact(field, esc(value)))
  if (grants && grants.length > 0) known.push(fact('may', grants.map(grant => `<code>${esc(grant)}</code>`).join(' ')))
  if (expiresAt !== undefined) known.push(fact('expires', time(expiresAt)))
  if (retryAt !== undefined) known.push(fact('ask again', time(retryAt)))
  for (const connection of (verdict.connections ?? []).slice(0, mostConnections))
    known.push(fact('connected', esc(connectionWords(connection))))
  const exposed = exposedWords(one)
  if (exposed !== '') known.push(fact('exposure', esc(exposed)))
  if (kind !== null) known.push(fact('kind', esc(kind)))
  for (const [field, value] of Object.entries(facts)) {
    if (identity?.[field] !== value) known.push(fact(field, esc(value)))
  }
  known.push(fact('checked', time(checkedAt, 'second')), fact('case', `<code>${esc(id)}</code>`))
  return `<section><h3>What it is</h3>\n<dl class="facts">\n${known.join('')}</dl></section>\n`
}

/** Where it lay. */
export function* places({ findings }: Case): Generator<string> {
  if (findings.length === 0) return
  yield `<section><h3>Places <b>${number(findings.length)}</b></h3>\n<ol class="places">\n`
  for (const sighting of firstPlaces(findings, placeLimit)) yield place(sighting)
  yield '</ol>\n'
  if (findings.length > placeLimit)
    yield `<p class="more">and ${number(findings.length - placeLimit)} more, see JSON</p>\n`
  yield '</section>\n'
}

function place(sighting: Sighting): string {
  const { at, exposure, author, commit, file, url, scanner, rule, prior, readBack } = sighting
  const where = `<code>${esc(whereFound(sighting)) || 'no place named'}</code>`
  const open = exposure === undefined || exposure === 'unknown' ? '' : `<span class="${exposure}">${exposure}</span>`
  const when = [at === undefined ? '' : time(at, 'day'), open].filter(part => part !== '').join(' · ')
  const more = [
    esc([scanner, rule].filter(part => part !== undefined).join(' ')),
    prior === undefined || prior === 'unknown' ? '' : `the scanner said ${prior}`,
    readBack === undefined ? '' : readBack === 'hash' ? 'read back, its hash confirmed it' : 'read back from there',
    author === undefined ? '' : esc(author),
    commit === undefined || (file === undefined && url === undefined) ? '' : `<code>${esc(commit.slice(0, 12))}</code>`,
  ]
  const small = more.filter(part => part !== '').join(' · ')
  return `<li><span class="where">${anchor(url, where)}</span><span class="when">${when}</span><span class="by">${small}</span></li>\n`
}

/** Each request with what came back; empty where nothing was asked. */
export function rawEvidence({ verdict: { evidence } }: Case): string {
  return evidence.length === 0 ? '' : `<ol class="evidence">\n${evidence.map(request).join('')}</ol>`
}

function request({ request: sent, at, status, requestId, fields, note, repeated }: Evidence): string {
  const answer = [
    status === undefined ? 'no answer' : `<b>${status}</b>`,
    time(at, 'second'),
    requestId === undefined ? '' : `request <code>${esc(requestId)}</code>`,
    repeated ? 'may have been sent twice' : '',
  ]
  const list = Object.entries(fields ?? {}).map(([field, value]) => fact(field, `<code>${esc(value)}</code>`))
  const known = list.length === 0 ? '' : `<dl class="facts">\n${list.join('')}</dl>`
  const said = note === undefined ? '' : `<p>${esc(sentence(note))}</p>`
  return `<li><code class="sent">${esc(sent)}</code><p class="answer">${answer.filter(part => part !== '').join(' · ')}</p>${said}${known}</li>\n`
}
