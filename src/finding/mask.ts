const word = /^[-*<[({#]*(?:redacted|masked|removed|filtered|hidden)[-*>\])}#]*$/i
const run = /^\S*(?:\*{4,}|•{4,}|#{4,})\S*$/
const cut = /^\S*(?:\.\.\.|…)$|^\S{0,12}?x{8,}$/i
const inText = /---REDACTED---|[[<]REDACTED[\]>]|[=:]\s*["']?\*{4,}/

/** Is this a scanner's mask (`REDACTED`, `****`, `AKIA…`, `ghp_****`, `XXXXXXXX`) and not a value? Asked a million times. */
export function isMask(text: string): boolean {
  if (text.length <= 40 && '-*<[({#•rmfhRMFH'.includes(text.charAt(0)) && (word.test(text) || /^[*•#]+$/.test(text)))
    return true
  if ('.…xX'.includes(text.charAt(text.length - 1)) && cut.test(text)) return true
  if (text.includes('****') || text.includes('••••') || text.includes('####'))
    return run.test(text) || inText.test(text)
  return text.includes('REDACTED') && inText.test(text)
}
