import { isRecord } from '../../model/path.ts'
import { firstText, inside, type Row, rowsOf } from '../../text/row.ts'
import type { Draft, JsonFormat, Trace } from '../format.ts'
import { attributes, parts, prior } from './betterleaks.ts'

/** Betterleaks 2: a document with an envelope, or a line for each finding. Each of its `component_sets` is a way to pair. */
export const betterleaksMatch: JsonFormat = {
  id: 'betterleaks',
  name: 'Betterleaks 2, JSON',
  shape: 'json',
  records: ['findings[]', 'finding', '[]', ''],
  knows: record => typeof record.rule_id === 'string' && 'value' in inside(record, 'match'),
  envelope: document => typeof inside(document, 'scan').betterleaks_version === 'string',
  read(record) {
    const match = inside(record, 'match')
    const { path, start_line: line, start_column: column } = inside(record, 'location')
    const sets = rowsOf(record.component_sets)
    const components = rowsOf(sets[0]?.components).filter(each => inside(each, 'location').path === path)
    const whole: Draft = {
      tool: 'betterleaks',
      rule: record.rule_id,
      ...attributes(record.attributes),
      value: match.value,
      file: firstText(path) ?? attributes(record.attributes).file,
      line,
      column,
      left: { pieces: [trace(record), ...components.map(each => ({ ...trace(each), name: each.rule_id }))] },
    }
    const { status } = inside(record, 'analysis')
    const captures = inside(match, 'captures')
    if (sets.length === 0) return { ...whole, ...parts(captures), prior: prior(status) }
    return sets.map(set => ({
      ...whole,
      ...parts({ ...captures, ...partners(set.components) }),
      prior: prior(inside(set, 'analysis').status ?? status),
    }))
  },
}

/** Where one text stands: its ends are inclusive. */
function trace(record: Row): Trace {
  const match = inside(record, 'match')
  const { start_line: line, start_column: column, end_line: endLine, end_column: end } = inside(record, 'location')
  const endColumn = typeof end === 'number' ? end + 1 : undefined
  return { mask: match.value, around: match.full, line, column, endLine, endColumn }
}

function partners(components: unknown): Row {
  return Object.fromEntries(
    rowsOf(components).flatMap(({ rule_id: name, match }): (readonly [string, unknown])[] =>
      typeof name === 'string' && isRecord(match)
        ? [...Object.entries(inside(match, 'captures')), [name, match.value]]
        : [],
    ),
  )
}
