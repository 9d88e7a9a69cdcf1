import { isTable } from '../../text/csv-rows.ts'
import { textLines } from '../../text/text-lines.ts'
import type { TextFormat } from '../format.ts'

/** `provider:key`; not an address (`postgres://…`), and not a bot token, whose first half is a number. */
const prefixed = /^(?=[\d-]*[a-z])(?!(?:arn|jdbc|urn|data|https?):)([a-z\d-]{1,40}):(?!\/\/)(.+)$/

/** One key on each line, with its provider before it where the user knows: `stripe:…`. A PEM block is one key. */
export const lines: TextFormat = {
  id: 'lines',
  name: 'one key a line',
  shape: 'text',
  knows(head, cut) {
    const rows = head.split('\n').map(row => row.trim())
    if (cut && rows.length > 1) rows.pop()
    const keys = rows.filter(row => row !== '' && !row.startsWith('#'))
    const first = keys[0] ?? ''
    if (first.startsWith('-----BEGIN ')) return true
    const like = keys.filter(key => /^\S{6,}$/.test(key))
    return like.length > 0 && !/^[<{[]/.test(first) && !isTable(first) && like.length * 5 >= keys.length * 4
  },
  async *read(text, { names }) {
    let block: { rows: string[]; line: number } | undefined
    for await (const [row, line] of textLines(text)) {
      const trimmed = row.trim()
      if (block !== undefined) {
        block.rows.push(row)
        if (!trimmed.startsWith('-----END ') && block.rows.length < 500) continue
        yield { tool: 'lines', value: block.rows.join('\n') }
        block = undefined
      } else if (trimmed.startsWith('-----BEGIN ') && !trimmed.includes('-----END ')) {
        block = { rows: [row], line }
      } else if (trimmed !== '' && !trimmed.startsWith('#')) {
        const [, provider, key] = prefixed.exec(trimmed) ?? []
        const named = provider !== undefined && names?.(provider) !== false
        yield named ? { tool: 'lines', provider, value: key } : { tool: 'lines', value: trimmed }
      }
    }
    if (block !== undefined) yield { tool: 'lines', value: block.rows.join('\n') }
  },
}
