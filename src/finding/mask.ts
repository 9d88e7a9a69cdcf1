const word = /^[-*<[({#]*(?:redacted|masked|removed|filtered|hidden)[-*>\])}#]*$/i
const run = /^\S*(?:\*{4,}|•{4,}|#{4,})\S*$/
/** A text cut off, which can be a private key with its line breaks; or one that ends in nothing but `x`. */
const cut = /^\S*(?:\.\.\.|…)$|^-----BEGIN [\s\S]*(?:\.\.\.|…)$|^\S{0,12}?x{8,}$/i
const inText = /---REDACTED---|[[<]REDACTED[\]>:]|[=:]\s*["']?\*{4,}/
/** So many in a row that no key has them. */
const filler = /^\S*x{16}\S*$/i

/** Characters that a mask ends with, and that a mask of one word begins with. */
const [atEnd, atStart] = [table('.…xX'), table('-*<[({#•rmfhRMFH')]

/** Is this a scanner's mask (`REDACTED`, `****`, `AKIA…`, `ghp_****`, `XXXXXXXX`) and not a value? Asked a million times. */
export function isMask(text: string): boolean {
  const last = text.charCodeAt(text.length - 1)
  if (text.length <= 40 && atStart.has(text.charCodeAt(0)) && (word.test(text) || /^[*•#]+$/.test(text))) return true
  if (atEnd.has(last) && cut.test(text)) return true
  if (text.includes('****') || text.includes('####')) return run.test(text) || inText.test(text)
  if (text.includes('XXXXXXXX') || text.includes('xxxxxxxx')) return filler.test(text)
  return text.includes('••••') ? run.test(text) : text.includes('REDACTED') && inText.test(text)
}

function table(characters: string): ReadonlySet<number> {
  return new Set(Array.from(characters, character => character.charCodeAt(0)))
}
