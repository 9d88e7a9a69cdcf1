import { isRecord } from '../../model/path.ts'
import type { Notes } from '../../text/notes.ts'
import type { Draft, TextFormat } from '../format.ts'
import { xmlText } from '../xml-text.ts'
import { isLeak, leak } from './gitleaks.ts'

const [opening, closing] = ['<failure', '</failure>']
/** The suite has the scanner's name. */
const suite = /<testsuite\b[^>]{0,500}\bname=["'](gitleaks|betterleaks)["']/
const longest = 64 * 1024 * 1024

/** Gitleaks' JUnit report: each `<failure>` holds a finding as JSON. Betterleaks writes the same, under its own name. */
export const gitleaksJunit: TextFormat = {
  id: 'gitleaks',
  name: 'Gitleaks 8, JUnit XML',
  shape: 'text',
  carrier: true,
  knows: head =>
    suite.test(head) ||
    (head.includes('<testsuite') && /<failure\b[^>]{0,2000}>\s*(?:<!\[CDATA\[)?\s*\{[^<]{0,2000}RuleID/.test(head)),
  toolOf: head => suite.exec(head)?.[1] ?? 'gitleaks',
  async *read(text, { notes }) {
    let held = ''
    let tool = 'gitleaks'
    let line = 1
    let from = 0
    for await (const piece of text) {
      held += piece
      if (line === 1) tool = suite.exec(held)?.[1] ?? tool
      for (let end = held.indexOf(closing, from); end !== -1; end = held.indexOf(closing, from)) {
        const element = held.slice(0, end)
        const found = findingOf(tool, element, line, notes)
        if (found !== undefined) yield found
        line += breaksIn(element)
        held = held.slice(end + closing.length)
        from = 0
      }
      from = Math.max(0, held.length - closing.length)
      if (held.length <= longest) continue
      notes.note(`The element that begins at line ${line} is longer than 64 MB and was left out.`, line)
      held = ''
      from = 0
    }
    if (held.includes(opening)) notes.note('is cut off: its XML ends in the middle. What came before was read.', line)
  },
}

function findingOf(tool: string, before: string, line: number, notes: Notes): Draft | undefined {
  const start = before.lastIndexOf(opening)
  const inner = start === -1 ? -1 : before.indexOf('>', start)
  if (inner === -1) return undefined
  const at = line + breaksIn(before.slice(0, start))
  try {
    const record: unknown = JSON.parse(xmlText(before.slice(inner + 1)))
    return isRecord(record) && isLeak(record) ? leak(tool, record) : undefined
  } catch {
    const what = `The failure at line ${at} is not JSON. Findings before and after it were read.`
    notes.each('failures are not JSON', what, at)
    return undefined
  }
}

function breaksIn(text: string): number {
  return text.split('\n').length - 1
}
