import { clean } from './clean.ts'

/** Text that stays text: no markup, no HTML, no link, nobody notified by an `@`. */
export function inline(text: string): string {
  return clean(text)
    .replace(/[\\`*_{}[\]<>#|~!&$^]/g, found => (found === '&' ? '&amp;' : `\\${found}`))
    .replace(/:\/\//g, ':\u2060//')
    .replace(/\bwww\./gi, 'www\u2060.')
    .replace(/@/g, '@\u2060')
}

/** Text as code, whatever backticks it holds: the fence is longer than the longest run of them. */
export function code(text: string): string {
  const plain = clean(text)
  if (plain === '') return ''
  const longest = (plain.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0)
  const fence = '`'.repeat(longest + 1)
  const pad = /^`|`$/.test(plain) ? ' ' : ''
  return `${fence}${pad}${plain}${pad}${fence}`
}

/** A link, if the address is https and whole; else the words alone. */
export function link(address: string | undefined, words: string): string {
  if (address === undefined || !/^https:\/\/\S+$/.test(address) || !URL.canParse(address)) return words
  return `[${words}](<${new URL(address).href.replace(/[<>]/g, encodeURIComponent)}>)`
}

/** A row of a table. A bar inside code must be escaped there, too. */
export function row(cells: readonly string[]): string {
  return `| ${cells.map(withoutBars).join(' | ')} |\n`
}

function withoutBars(cell: string): string {
  return cell.replace(/(\\*)\|/g, (bar, slashes: string) => (slashes.length % 2 === 1 ? bar : `${slashes}\\|`))
}
