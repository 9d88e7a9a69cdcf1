/** What a key is never made of, so that one ends there. */
const delimiter = /[\s"'`,;()[\]{}<>|\\]/
const runs = /[^\s"'`,;()[\]{}<>|\\]+/g
const quoted = /"([^"\n]{1,400})"|'([^'\n]{1,400})'|`([^`\n]{1,400})`/g
const joints = /[=:@]/

/** Whether a stretch of a text does not cut a word at either of its ends, nor Base64's padding. */
export function isAligned(text: string, start: number, end: number): boolean {
  if (isWord(text.charAt(start - 1)) && isWord(text.charAt(start))) return false
  if (text.charAt(end) === '=' && /^[^=]*=+(?:[^\w/+]|$)/.test(text.slice(end - 1, end + 4))) return false
  return !(isWord(text.charAt(end - 1)) && isWord(text.charAt(end)))
}

function isWord(char: string): boolean {
  return /^[\p{L}\p{N}]$/u.test(char)
}

/** The run of characters without a delimiter around a position. */
export function tokenAt(text: string, at: number): { readonly start: number; readonly end: number } {
  let start = at
  let end = at
  while (start > 0 && !delimiter.test(text.charAt(start - 1))) start--
  while (end < text.length && !delimiter.test(text.charAt(end))) end++
  return { start, end }
}

/** Whether a text is one word that may be a key. */
export function isToken(text: string): boolean {
  return text.length >= 4 && !delimiter.test(text)
}

/** Texts that may be values, likelier ones first: `KEY=value` gives `value` and the whole, a quoted text what is in it. */
export function* tokensIn(text: string): Generator<string> {
  for (const [run] of text.matchAll(runs)) {
    yield run
    const bare = run.replace(/[.:!?]+$/, '')
    if (bare !== run) yield bare
    const pieces = run.split(joints)
    if (pieces.length === 1 || pieces.length > 8) continue
    let rest = run
    for (const piece of pieces) {
      if (piece !== '') yield piece
      rest = rest.slice(piece.length + 1)
      if (rest !== '') yield rest
    }
  }
  for (const [, double, single, back] of text.matchAll(quoted)) {
    const inner = double ?? single ?? back ?? ''
    if (/[\s,;()[\]{}<>|\\]/.test(inner)) yield inner
  }
}

/** Every stretch between two places where a word begins or ends; none where there are too many of them. */
export function* stretchesIn(line: string, most = 60): Generator<string> {
  const edges: number[] = []
  for (let at = 0; at <= line.length; at++) {
    const inside = /[A-Za-z0-9]/.test(line.charAt(at - 1)) && /[A-Za-z0-9]/.test(line.charAt(at))
    if (!inside) edges.push(at)
    if (edges.length > most) return
  }
  for (const start of edges) for (const end of edges) if (end > start) yield line.slice(start, end)
}
