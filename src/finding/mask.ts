const suspect = /[*<[#•…]|\.\.\.|x{8}|redact|---/i

const wholes: readonly RegExp[] = [
  /^[-*<[({#]*(?:redacted|masked|removed|filtered|hidden|secret)[-*>\])}#]*$/i,
  /^[*•#]+$/,
  /^\S*(?:\*{4,}|•{4,}|#{4,})\S*$/,
  /^\S*(?:\.\.\.|…)$/,
  /^\S{0,12}?x{8,}$/i,
]

const inText = /---REDACTED---|[[<]redacted[\]>]|[=:]\s*["']?\*{4,}/i

/** Is this a scanner's mask (`REDACTED`, `****`, `AKIA…`, `ghp_****`, `XXXXXXXX`) and not a value? */
export function isMask(text: string): boolean {
  if (!suspect.test(text)) return false
  if (text === 'secret') return false
  return wholes.some(pattern => pattern.test(text)) || (text.length < 4096 && inText.test(text))
}
