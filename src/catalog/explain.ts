import type { z } from 'zod'

const things: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a group of `name: value` lines',
  record: 'a group of `name: value` lines',
  array: 'a list',
  null: 'nothing',
}

const shapes: Readonly<Record<string, string>> = {
  url: 'an address that begins with https://',
  date: 'a date such as 2026-01-31',
}

/** What was expected, in the words of whoever writes the file, where the schema itself has no words for it. */
export function explain(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') return wanted(things[issue.expected] ?? issue.expected, issue.input)
  if (issue.code === 'invalid_value') return wanted(oneOf(issue.values), issue.input)
  if (issue.code === 'invalid_format') return wanted(shapes[issue.format] ?? `of the form ${issue.format}`, issue.input)
  if (issue.code === 'too_small')
    return `needs ${quantity(issue.origin, Number(issue.minimum), issue.inclusive === false)}`
  if (issue.code === 'too_big') return `at most ${String(issue.maximum)}`
  return undefined
}

function wanted(what: string, input: unknown): string {
  return input === undefined ? `is missing: ${what}` : `must be ${what}, not ${kindOf(input)}`
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? `"${String(values[0])}"` : `one of: ${values.map(String).join(', ')}`
}

function quantity(origin: string, minimum: number, above: boolean): string {
  if (origin === 'array' || origin === 'set') return `at least ${minimum} ${minimum === 1 ? 'entry' : 'entries'}`
  if (origin === 'string') return `at least ${minimum} ${minimum === 1 ? 'character' : 'characters'}`
  return above ? `more than ${minimum}` : `at least ${minimum}`
}

function kindOf(input: unknown): string {
  if (input === null) return 'empty'
  if (Array.isArray(input)) return 'a list'
  if (typeof input === 'object') return 'a group of `name: value` lines'
  if (typeof input !== 'string') return JSON.stringify(input)
  return `"${input.length > 40 ? `${input.slice(0, 40)}…` : input}"`
}
