/** `REDACT` is Gitleaks' word up to 8.11. */
const word = /^[-*<[({#]*(?:redact(?:ed)?|masked|removed|filtered|hidden)[-*>\])}#]*$/i
const run = /^\S*(?:\*{4,}|•{4,}|#{4,})\S*$/
/** A text cut off, which can be a private key with its line breaks; or one that ends in nothing but `x`. */
const cut = /^.*(?:\.\.\.|…)$|^-----BEGIN [\s\S]*(?:\.\.\.|…)$|^\S{0,12}?x{8,}$/i
const inText = /---REDACTED---|[[<]REDACTED[\]>:]|[=:]\s*["']?(?:\*{4,}|[^\s"'*=:]{1,8}\*{8,}["']?\s*$)/
/** So many in a row that no key has them. */
const filler = /^\S*x{16}\S*$/i

const [STAR, HASH, BULLET, LARGE_X, SMALL_X] = [0x2a, 0x23, 0x2022, 0x58, 0x78]
/** Characters that a mask ends with, and that a mask of one word begins with. */
const [atEnd, atStart] = [table('.…xX'), table('-*<[({#•rmfhRMFH')]

/** Is this a scanner's mask (`REDACTED`, `****`, `AKIA…`, `ghp_****`, `XXXXXXXX`) and not a value? Asked a million times. */
export function isMask(text: string): boolean {
  const { length } = text
  if (length <= 40 && atStart.has(text.charCodeAt(0)) && (word.test(text) || /^[*•#]+$/.test(text))) return true
  if (atEnd.has(text.charCodeAt(length - 1)) && cut.test(text)) return true
  if (mayHide(text)) {
    if (text.includes('****') || text.includes('####')) return run.test(text) || inText.test(text)
    if (text.includes('XXXXXXXX') || text.includes('xxxxxxxx')) return filler.test(text)
    if (text.includes('••••')) return run.test(text)
  }
  return text.includes('REDACTED') && inText.test(text)
}

/** Four of a mask's own signs in a row have one at a place that is a multiple of four, and eight letters x likewise. */
function mayHide(text: string): boolean {
  for (let at = 3; at < text.length; at += 4) {
    const code = text.charCodeAt(at)
    if (code === STAR || code === HASH || code === BULLET) return true
    if ((code === LARGE_X || code === SMALL_X) && (at & 7) === 7) return true
  }
  return false
}

function table(characters: string): ReadonlySet<number> {
  return new Set(Array.from(characters, character => character.charCodeAt(0)))
}
