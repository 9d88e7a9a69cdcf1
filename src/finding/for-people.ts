import { stripVTControlCharacters } from 'node:util'

/** How to know what a scanner writes for people, and the option with which it writes what can be read. */
const outputs: readonly (readonly [tool: string, known: RegExp, instead: string])[] = [
  // https://github.com/trufflesecurity/trufflehog/blob/main/pkg/output/plain.go
  ['TruffleHog', /🐷|^Detector Type: |^Reason: .+\nDate: /m, '--json'],
  // https://github.com/gitleaks/gitleaks/blob/master/detect/utils.go
  ['Gitleaks', /^Secret: {3,}[^\n]*\n+RuleID: /m, '--report-format json --report-path FILE'],
  // https://github.com/praetorian-inc/titus/blob/main/cmd/titus/report.go
  ['Titus or Nosey Parker', /^ *Rule +Findings +Matches\b|^Finding \d+\/\d+\b/m, 'report --format json'],
  // https://github.com/thoughtworks/talisman/blob/main/README.md
  ['Talisman', /^\S*Talisman (?:Report:|done in )/m, '--scan --reportDirectory FOLDER'],
  // https://github.com/mongodb/kingfisher/blob/main/src/reporter/pretty_format.rs
  ['Kingfisher', /^ \|(?:Finding|Git Repo)\.{3,}: /m, '--format json'],
  // https://github.com/GitGuardian/ggshield/blob/main/ggshield/verticals/secret/output/secret_text_output_handler.py
  ['ggshield', /^>> Secret detected: /m, '--json'],
  // https://github.com/secretlint/secretlint
  ['secretlint', /@secretlint\/secretlint-rule-|^║ Line +│ Column +│ Type +│ Message /m, '--format json'],
  // https://trivy.dev/latest/docs/configuration/reporting/
  ['Trivy', /^.{0,300} \(secrets\)$|^Report Summary$/m, '--format json'],
  // https://semgrep.dev/docs/getting-started/cli-oss/
  [
    'Semgrep',
    /^[^\w\n]*(?:Scan Status|\d+ Code Findings?|\d+ Secrets? Findings?)[^\w\n]*$|<testsuites?\b[^>]{0,200}semgrep/m,
    '--json',
  ],
]

/** What to do about a text that a scanner wrote for people to look at. */
export function insteadOf(head: string): string | undefined {
  const plain = stripVTControlCharacters(head)
  const known = outputs.find(([, pattern]) => pattern.test(plain))
  if (known !== undefined) return `as ${known[0]} shows it. Run it with ${known[2]}, and give what it writes then.`
  return /<(?:testsuites?|checkstyle)\b/.test(plain) ? 'for other tools. Give the scanner’s JSON or SARIF.' : undefined
}
