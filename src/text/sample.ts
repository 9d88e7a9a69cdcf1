import { isRecord } from '../model/path.ts'
import { pathTree } from './json-path.ts'
import { JsonSlicer } from './json-slicer.ts'
import { isLogLine } from './log-line.ts'

/** What the beginning of a text looks like: JSON with its first documents, `lines` where each stands on one, or other text. */
export type Sample =
  | { readonly shape: 'json'; readonly lines: boolean; readonly documents: readonly unknown[] }
  | { readonly shape: 'text' }

const few = 200

/** Looks at the head of a text; `cut` where more follows. */
export function sampleOf(head: string, cut: boolean): Sample {
  const rows = head.split('\n')
  if (cut && rows.length > 1) rows.pop()
  const begun = rows.map(row => row.trim()).filter(row => row !== '' && !isLogLine(row))
  const objects = rows.filter(row => row.startsWith('{') && row.trim().length > 1).slice(0, few)
  const documents = objects.map(parsed).filter(isRecord)
  const most = documents.length * 2 > objects.length && objects.length * 2 > Math.min(begun.length, few)
  if ((most || documents.length > 2) && begun[0] !== '[' && !isOneDocument(head, rows)) {
    return { shape: 'json', lines: true, documents }
  }
  const start = head.search(/^[ \t\ufeff]*[{[]/m)
  const first = begun[0]
  if (start === -1 || (first !== undefined && !/^[{[]/.test(first))) {
    return head.trim() === 'null' ? { shape: 'json', lines: false, documents: [null] } : { shape: 'text' }
  }
  const text = head.slice(start).trimStart()
  if (!/^(?:\{\s*(?:"|\}|$)|\[\s*(?:[[\]{"\d-]|null|true|false|$))/.test(text)) return { shape: 'text' }
  const whole = parsed(text)
  if (whole !== undefined) return { shape: 'json', lines: false, documents: [whole] }
  const elements = text.startsWith('[') ? elementsOf(text) : []
  const found = [completed(text), elements].filter(isSomething)
  // `[24/Jan/2022:16:51:02 +0000] …`: a time in brackets.
  if (found.length === 0 && /^\[\s*[\d-]/.test(text)) return { shape: 'text' }
  return { shape: 'json', lines: false, documents: found }
}

/** An envelope, or a list, with nothing in it: a log of an hour in which nothing happened. */
export function isEmpty(sample: Sample): boolean {
  if (sample.shape !== 'json' || sample.documents.length === 0) return false
  return sample.documents.every(document => {
    if (Array.isArray(document)) return document.length === 0
    if (typeof document !== 'object' || document === null) return document === null
    return Object.values(document).some(value => Array.isArray(value) && value.length === 0)
  })
}

function isSomething(document: unknown): boolean {
  return document !== undefined && !(Array.isArray(document) && document.length === 0)
}

/** A whole pretty-printed document, in which a line that is an object by itself means nothing. */
function isOneDocument(head: string, rows: readonly string[]): boolean {
  const first = rows.find(row => row.trim() !== '')
  return first !== undefined && parsed(first) === undefined && parsed(head) !== undefined
}

/** The beginning of a document as a document, or of its first sound part: cut after its last whole value, with its brackets closed. */
function completed(text: string): unknown {
  for (let length = text.length; length >= 16; length >>= 1) {
    const document = parsed(closed(text.slice(0, length)))
    if (document !== undefined) return document
  }
  return undefined
}

function closed(text: string): string {
  const open: string[] = []
  let safe = { end: 0, closers: '' }
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '"') {
      while (++i < text.length && text[i] !== '"') if (text[i] === '\\') i++
    } else if (char === '{' || char === '[') {
      open.push(char === '{' ? '}' : ']')
      if (open.length < 100) safe = { end: i + 1, closers: open.toReversed().join('') }
    } else if (char === '}' || char === ']') {
      open.pop()
      if (open.length < 100) safe = { end: i + 1, closers: open.toReversed().join('') }
      if (open.length === 0) break
    }
  }
  return text.slice(0, safe.end) + safe.closers
}

/** The elements of an array some of which are broken. */
function elementsOf(text: string): unknown[] {
  const elements: unknown[] = []
  const slicer = new JsonSlicer(pathTree(['[]'], []), {
    record: value => elements.push(value),
    broken: () => undefined,
    stray: () => undefined,
    cut: () => undefined,
  })
  slicer.push(text)
  slicer.end()
  return elements
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
