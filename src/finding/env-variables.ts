/** One assignment of a .env file. */
export interface Variable {
  readonly name: string
  readonly value: string
  /** From 1. */
  readonly line: number
}

const assignment = /^\s*(?:export\s+|set\s+)?([A-Za-z_][\w.-]{0,120})\s*=\s*(.*)$/

/** The assignments in lines of a .env file, how many lines are none, and where a quote begins that does not end. */
export function variablesIn(rows: readonly string[]): { variables: Variable[]; junk: number; open?: number } {
  const variables: Variable[] = []
  let junk = 0
  for (let i = 0; i < rows.length; i++) {
    const row = (rows[i] ?? '').replace(/\r$/, '')
    if (/^\s*(?:#.*|export\s+[\w\s]*)?$/.test(row)) continue
    const [, name, rest] = assignment.exec(row) ?? []
    if (name === undefined || rest === undefined) {
      junk++
      continue
    }
    const quote = /^["'`]/.exec(rest)?.[0]
    if (quote === undefined) {
      variables.push({ name, value: rest.replace(/\s+#.*$/, '').trim(), line: i + 1 })
      continue
    }
    const last = endOf(rows, i, quote)
    if (last === undefined) {
      if (i + 1 < rows.length && rows.length < 10_000) return { variables, junk, open: i + 1 }
      variables.push({ name, value: rest.slice(1).trim(), line: i + 1 })
      return { variables, junk, open: i + 1 }
    }
    const text = [rest, ...rows.slice(i + 1, last + 1)].map(line => line.replace(/\r$/, '')).join('\n')
    variables.push({ name, value: unquoted(text, quote), line: i + 1 })
    i = last
  }
  return { variables, junk }
}

/** The row in which a quote ends that begins in this one. */
function endOf(rows: readonly string[], start: number, quote: string): number | undefined {
  for (let i = start; i < rows.length && i < start + 1000; i++) {
    const row = rows[i] ?? ''
    const from = i === start ? row.indexOf(quote) + 1 : 0
    if (closing(row, from, quote) !== -1) return i
  }
  return undefined
}

function closing(text: string, from: number, quote: string): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\' && quote === '"') i++
    else if (text[i] === quote) return i
  }
  return -1
}

function unquoted(text: string, quote: string): string {
  const end = closing(text, 1, quote)
  const inside = text.slice(1, end === -1 ? text.length : end)
  if (quote !== '"') return inside
  return inside.replaceAll(/\\([nrt"\\$])/g, (_, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char)
}
