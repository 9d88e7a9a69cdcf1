import type { Case } from '../model/credential.ts'
import type { Report } from '../model/run.ts'
import { clean } from './clean.ts'
import { whatDecides } from './decide.ts'
import { firstPlaces, placeCount, whereFound } from './places.ts'
import { usedWords } from './reader-words.ts'
import { standing } from './standing.ts'
import { identityWords, nameOf, number, sentence } from './words.ts'

const placeLimit = 20

/** For a build's test report: a suite a provider, a test a key. A live key fails, an undecided one is an error; who used it is output. */
export function* junit({ run, cases }: Report): Generator<string> {
  const suites = new Map<string, Case[]>()
  for (const one of cases) {
    const name = nameOf(one)
    const suite = suites.get(name)
    if (suite === undefined) suites.set(name, [one])
    else suite.push(one)
  }
  yield '<?xml version="1.0" encoding="UTF-8"?>\n'
  yield `<testsuites name="afterleak"${counts(cases)}>\n`
  for (const [name, suite] of suites) {
    yield `  <testsuite name="${xml(name)}"${counts(suite)} timestamp="${xml(run.started.slice(0, 19))}">\n`
    for (const one of suite) yield testcase(one)
    yield '  </testsuite>\n'
  }
  yield '</testsuites>\n'
}

function testcase(one: Case): string {
  const { verdict, id, shown, provider, kind } = one
  const group = [provider ?? 'unidentified', kind].filter(part => part !== null).join('.')
  const head = `    <testcase name="${xml(`${shown} (${id})`)}" classname="${xml(group)}" time="0"`
  const used = usedWords(one).map(xml).join('\n')
  const children = [
    ...(verdict.state === 'dead' ? [] : [outcome(one)]),
    ...(used === '' ? [] : [`<system-out>${used}</system-out>`]),
  ]
  if (children.length === 0) return `${head}/>\n`
  return `${head}>\n${children.map(child => `      ${child}\n`).join('')}    </testcase>\n`
}

function outcome(one: Case): string {
  const { state, reason, because } = one.verdict
  const message = ` message="${xml(`${state}: ${because}`)}"`
  if (state === 'skipped') return `<skipped${message}/>`
  const tag = state === 'live' ? 'failure' : 'error'
  return `<${tag}${message} type="${xml(`${state}.${reason}`)}">${details(one).map(xml).join('\n')}</${tag}>`
}

function details(one: Case): readonly string[] {
  const identity = identityWords(one.verdict.identity)
  const decides = whatDecides(one)
  const lines = [sentence(one.verdict.because)]
  if (identity !== '') lines.push(`Belongs to: ${identity}`)
  if (standing(one.verdict) === 'undecided' && decides !== undefined) lines.push(`To decide it: ${decides}.`)
  lines.push(`${placeCount(one.findings)}:`)
  for (const place of firstPlaces(one.findings, placeLimit)) lines.push(`  ${whereFound(place)}`)
  if (one.findings.length > placeLimit) lines.push(`  and ${number(one.findings.length - placeLimit)} more`)
  return lines
}

function counts(cases: readonly Case[]): string {
  const of = (state: string) => cases.filter(({ verdict }) => verdict.state === state).length
  return ` tests="${cases.length}" failures="${of('live')}" errors="${of('unknown')}" skipped="${of('skipped')}"`
}

function xml(text: string): string {
  const indent = /^ */.exec(text)?.[0] ?? ''
  const plain = indent + clean(text)
  return plain
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
}
