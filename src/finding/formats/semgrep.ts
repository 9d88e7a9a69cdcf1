import { inside, type Row, rowsOf } from '../../text/row.ts'
import type { Draft, JsonFormat } from '../format.ts'
import { isAboutSecret, priorIn } from '../semgrep-rule.ts'

/** `semgrep scan --json`: of what is not about a secret, the lines alone, for a key that may stand in them. */
export const semgrep: JsonFormat = {
  id: 'semgrep',
  name: 'Semgrep, JSON',
  shape: 'json',
  records: ['results[]'],
  knows: record => 'check_id' in record,
  envelope: document =>
    Array.isArray(document.results)
      ? 'errors' in document &&
        ('paths' in document || 'version' in document || (document.results.length === 0 && !('metrics' in document)))
      : rowsOf(document.errors).some(isError),
  read(record) {
    const extra = inside(record, 'extra')
    const { message } = extra
    const metadata = inside(extra, 'metadata')
    const state = extra.validation_state ?? record.validation_state
    const incidental = !isAboutSecret(metadata, record.check_id, message, state)
    const [start, end] = [inside(record, 'start'), inside(record, 'end')]
    const history = inside(extra, 'historical_info')
    return {
      tool: 'semgrep',
      rule: record.check_id,
      incidental,
      ...(incidental ? { value: shown(extra.lines) } : secretOf(record, extra)),
      prior: priorIn(state),
      file: record.path,
      line: start.line,
      column: start.col,
      left: {
        endLine: end.line,
        endColumn: end.col,
        bytes: [start.offset, end.offset],
        blob: history.git_blob,
      },
      commit: history.git_commit,
      at: history.git_commit_timestamp,
    }
  },
}

/** A file that could not be parsed: of a great many, which come first, a long beginning is full. */
function isError(error: Row): boolean {
  return ['code', 'level', 'message', 'type'].every(field => field in error) && ('path' in error || 'spans' in error)
}

/** Whole lines; they are hidden from who has no login. */
function shown(lines: unknown): string | undefined {
  return typeof lines === 'string' && lines.trim() !== 'requires login' ? lines : undefined
}

const telling = /^\$(?:\d+|.*(?:SECRET|TOKEN|KEY|PASS|REGEX|VALUE|CRED).*)$/i

/** What a telling metavariable holds; else the match, cut out of its lines, which are hidden from who has no login. */
function secretOf(record: Row, extra: Row): Partial<Draft> {
  const metavars = Object.entries(inside(extra, 'metavars')).flatMap(([name, metavar]) => {
    const text = unquoted(inside(metavar, 'propagated_value').svalue_abstract_content ?? content(metavar))
    return telling.test(name) && text !== undefined ? [[name.slice(1), text] as const] : []
  })
  const [first, second] = metavars
  const lines = shown(extra.lines)
  const whole = lines === undefined ? undefined : cut(lines, record)
  if (first === undefined) return whole === undefined ? { redacted: true } : { value: whole }
  if (second === undefined) return { value: first[1] }
  return { value: whole ?? first[1], parts: Object.fromEntries(metavars) }
}

function content(metavar: unknown): unknown {
  return inside({ metavar }, 'metavar').abstract_content
}

function unquoted(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.trim() === '') return undefined
  return /^\s*(["'`])(.+)\1\s*$/s.exec(text)?.[2] ?? text
}

/** `lines` are whole lines; columns count from 1. */
function cut(lines: string, record: Row): string {
  const [start, end] = [inside(record, 'start'), inside(record, 'end')]
  const columns = [start.col, end.col].filter(column => typeof column === 'number')
  const [from = 0, to = 0] = columns
  if (
    start.line !== end.line ||
    columns.length < 2 ||
    !columns.every(Number.isInteger) ||
    from < 1 ||
    to <= from ||
    to > lines.length + 1
  )
    return lines
  return lines.slice(from - 1, to - 1)
}
