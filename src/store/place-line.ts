import type { Sighting } from '../model/credential.ts'
import { type Exposure, type Finding, type Medium, media, type Prior } from '../model/finding.ts'

/** Stands between the fields of a place. */
export const separator = '\u001f'
const escapeMark = '\u001b'
/** Of a place that is too long to be kept whole, in characters, only the start of each field is kept. */
export const longestPlace = 16_384
const longestField = 4096
const [firstPlain, lastPlain, separatorCode] = [0x20, 0x7e, separator.charCodeAt(0)]

/** What of a finding is kept as a place. */
export type Found = Pick<Finding, 'tool' | 'rule' | 'prior' | 'place' | 'readBack'>

/** Puts a text and a separator into a block; gives where it ends, or -1 if it holds more than plain letters. */
export function putPlain(block: Buffer, from: number, text: string): number {
  if (from < 0) return from
  const { length } = text
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index)
    if (code < firstPlain || code > lastPlain) return -1
    block[from + index] = code
  }
  block[from + length] = separatorCode
  return from + length + 1
}

/** What is a place's own, as one line. */
export function encode({ place }: Found): string {
  const { file, line, column, commit, url, author, at } = place
  const where = `${written(file)}${separator}${line ?? ''}${separator}${column ?? ''}${separator}${written(commit)}`
  return `${where}${separator}${written(url)}${separator}${written(author)}${separator}${written(at)}`
}

/** What a place shares with others of its scanner, rule and repository. */
export function sourceText({ tool, rule, prior, place, readBack }: Found): string {
  const { exposure, medium, repository } = place
  return [tool, rule, exposure, prior, medium, repository, readBack].map(written).join(separator)
}

/** Do these share all of that? */
export function isAlike(a: Found, b: Found): boolean {
  return (
    a.tool === b.tool &&
    a.rule === b.rule &&
    a.prior === b.prior &&
    a.readBack === b.readBack &&
    a.place.exposure === b.place.exposure &&
    a.place.medium === b.place.medium &&
    a.place.repository === b.place.repository
  )
}

function written(field: string | undefined): string {
  return field === undefined ? '' : escaped(field)
}

/** Cut only after it was cleaned: a piece of a key would not be known for one. */
export function shortened(line: string): string {
  if (line.length <= longestPlace) return line
  return line
    .split(separator)
    .map(field => field.slice(0, longestField))
    .join(separator)
}

function escaped(text: string): string {
  if (!text.includes(escapeMark) && !text.includes(separator)) return text
  return text.replaceAll(escapeMark, `${escapeMark}e`).replaceAll(separator, `${escapeMark}s`)
}

function unescaped(text: string): string {
  return text.replaceAll(`${escapeMark}s`, separator).replaceAll(`${escapeMark}e`, escapeMark)
}

/** A place from what it shares and what is its own. */
export function decode(text: string): Sighting {
  const fields = text.split(separator)
  const read = text.includes(escapeMark) ? fields.map(unescaped) : fields
  const [scanner = '', rule, exposure, prior, medium, repository, readBack, file, line, column, ...rest] = read
  const [commit, url, author, at] = rest
  return {
    scanner,
    ...(rule && { rule }),
    ...(file && { file }),
    ...(line && { line: Number(line) }),
    ...(column && { column: Number(column) }),
    ...(commit && { commit }),
    ...(url && { url }),
    ...(author && { author }),
    ...(at && { at }),
    ...(isExposure(exposure) && { exposure }),
    ...(isPrior(prior) && { prior }),
    ...(isMedium(medium) && { medium }),
    ...(repository && { repository }),
    ...((readBack === 'hash' || readBack === 'place') && { readBack }),
  }
}

function isExposure(text: string | undefined): text is Exposure {
  return text === 'public' || text === 'internal' || text === 'unknown'
}

function isMedium(text: string | undefined): text is Medium {
  return media.some(medium => medium === text)
}

function isPrior(text: string | undefined): text is Prior {
  return text === 'live' || text === 'dead' || text === 'unknown'
}
