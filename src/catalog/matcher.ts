import { RE2JS } from 're2js'
import type { Matcher } from '../model/secret.ts'

/** A pattern, and the letters with which every match of it begins; none where it may begin otherwise. */
export interface Form extends Matcher {
  readonly start: string
}

/**
 * Patterns of the shipped files, on the runtime's own engine. The build holds each of them against RE2,
 * so none has look-around, back-references or a use for back-tracking that grows without bound.
 */
export function native(pattern: string): Form {
  const start = literalStart(pattern)
  const whole = new RegExp(`^(?:${pattern})$`, 'u')
  const within = new RegExp(pattern, 'gu')
  return {
    start,
    whole: value => {
      // A hundred forms are held against each key that is new: most of them fail at their first letters.
      if (!value.startsWith(start)) return undefined
      const found = whole.exec(value)
      return found === null ? undefined : found.groups === undefined ? nothing : named(found.groups)
    },
    within: text =>
      !text.includes(start) || text.search(within) < 0
        ? []
        : distinct(
            text,
            [...text.matchAll(within)].map(({ index, 0: found }) => [index, found]),
          ),
  }
}

/** Patterns of a user's own files, in linear time whatever they say. Throws where RE2 can't take the pattern. */
export function linear(pattern: string): Form {
  const compiled = RE2JS.compile(pattern)
  const names = [...pattern.matchAll(/\(\?P?<([a-z][a-z0-9_]*)>/g)].flatMap(([, name]) =>
    name === undefined ? [] : [name],
  )
  return {
    start: '',
    whole: value => {
      const matcher = compiled.matcher(value)
      if (!matcher.matches()) return undefined
      return named(Object.fromEntries(names.map(name => [name, matcher.group(name)])))
    },
    within: text => {
      const matcher = compiled.matcher(text)
      const found: (readonly [number, string])[] = []
      while (matcher.find()) found.push([matcher.start(), matcher.group() ?? ''])
      return distinct(text, found)
    },
  }
}

/** The plain letters with which every match begins: `sk_live_`. Empty where there may be others. */
export function literalStart(pattern: string): string {
  const [letters = ''] = /^(?:[\w-]|\\-)*/.exec(pattern) ?? []
  const next = pattern.slice(letters.length)
  // What the last letter's own quantifier makes optional, or what is one of several, is not at every start.
  const certain = /^[?*{]/.test(next) ? letters.replace(/(?:\\-|.)$/, '') : letters
  return isAlternative(next) ? '' : certain.replaceAll('\\', '')
}

/** Whether an alternation stands outside of every group. */
function isAlternative(pattern: string): boolean {
  let depth = 0
  for (const [token] of pattern.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|[()|]/gs)) {
    if (token === '(') depth += 1
    else if (token === ')') depth -= 1
    else if (token === '|' && depth === 0) return true
  }
  return false
}

const nothing: Readonly<Record<string, string>> = {}

/** Matches that are not just a stretch of a longer word. */
function distinct(text: string, found: readonly (readonly [number, string])[]): readonly string[] {
  const inWord = (char: string): boolean => /[A-Za-z0-9_+]/.test(char)
  const goesOn = (end: number): boolean =>
    inWord(text.charAt(end)) || (text.charAt(end) === '-' && inWord(text.charAt(end + 1)))
  const whole = found.filter(([at, match]) => !inWord(text.charAt(at - 1)) && !goesOn(at + match.length))
  return [...new Set(whole.map(([, match]) => match))]
}

function named(groups: Readonly<Record<string, string | null | undefined>>): Readonly<Record<string, string>> {
  const said: Record<string, string> = {}
  for (const [name, text] of Object.entries(groups)) if (text) said[name] = text
  return said
}
