/** A terminal's colours. */
const colours = /\p{Cc}\[[0-9;]*m/gu
const log =
  /^(?:[^\u0020-\u007e]|\d{4}[-/]\d\d[-/]\d\d|\d\d?:\d\d|(?:time|ts|level|msg)=|[[(]?(?:trace|debug|info|warn|warning|error|fatal|inf|wrn|err|dbg)\b|[|│┌└╰○░─=*#>-]|(?:null|true|false)$|gitleaks\b|betterleaks\b|trufflehog\b|found \d)/i

/** A line of a scanner's log or banner, as `2>&1` mixes it into a report. */
export function isLogLine(line: string): boolean {
  return log.test(line.replaceAll(colours, '').trim())
}
