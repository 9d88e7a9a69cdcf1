import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { read, recognised } from './support.ts'

const root = process.env.AFTERLEAK_SAMPLES
/** One line a file: tool, format, findings, those redacted, those with a value or parts, warnings. Counted in the files. */
const table = `
SOURCES.tsv | none | none | 0 | 0 | 0 | 1
betterleaks/baseline.csv | gitleaks | CSV | 1 | 0 | 1 | 0
betterleaks/baseline.json | gitleaks | Gitleaks 8, JSON | 2 | 2 | 0 | 0
betterleaks/empty.json | none | none | 0 | 0 | 0 | 0
betterleaks/json_simple.json | gitleaks | Gitleaks 8, JSON | 1 | 0 | 1 | 0
betterleaks/junit_simple.xml | betterleaks | Gitleaks 8, JUnit XML | 2 | 0 | 2 | 0
betterleaks/template_jsonextra.json | gitleaks | Gitleaks 8, JSON | 1 | 0 | 1 | 0
detect-secrets/baseline.file | detect-secrets | detect-secrets baseline, JSON | 29 | 29 | 0 | 0
detect-secrets/no_findings.json | none | detect-secrets baseline, JSON | 0 | 0 | 0 | 0
detect-secrets/secrets.baseline | detect-secrets | detect-secrets baseline, JSON | 16 | 16 | 0 | 0
dotenv/betterleaks.env.prod | env | .env | 1 | 0 | 1 | 0
dotenv/secretlint.env | none | .env | 0 | 0 | 0 | 0
ggshield/no_finding.json | none | ggshield, JSON | 0 | 0 | 0 | 0
ggshield/one_finding.json | ggshield | ggshield, JSON | 1 | 1 | 0 | 0
ggshield/schema_secret.json | none | none | 0 | 0 | 0 | 1
gitguardian-api/honeytokens.json | gitguardian | GitGuardian honeytokens, JSON | 5 | 5 | 0 | 0
gitguardian-api/incident.json | gitguardian | GitGuardian incidents, JSON | 2 | 2 | 0 | 0
gitguardian-api/incident_activity_logs.json | none | none | 0 | 0 | 0 | 1
gitguardian-api/incidents.json | gitguardian | GitGuardian incidents, JSON | 5 | 5 | 0 | 0
gitguardian-api/occurrences.json | gitguardian | GitGuardian occurrences, JSON | 5 | 5 | 0 | 0
gitguardian-api/public_incidents.json | gitguardian | GitGuardian incidents, JSON | 5 | 5 | 0 | 0
gitguardian-api/scan_valid.json | gitguardian | GitGuardian scan API, JSON | 1 | 0 | 1 | 0
github-secret-scanning/invalid.json | none | none | 0 | 0 | 0 | 0
github-secret-scanning/one_vul.json | github | GitHub secret scanning alerts, JSON | 1 | 1 | 0 | 0
github-secret-scanning/rest_alert_list.json | github | GitHub secret scanning alerts, JSON | 1 | 1 | 0 | 0
github-secret-scanning/rest_alert_open.json | github | GitHub secret scanning alerts, JSON | 1 | 1 | 0 | 0
github-secret-scanning/rest_alert_resolved.json | github | GitHub secret scanning alerts, JSON | 1 | 1 | 0 | 0
github-secret-scanning/rest_locations.json | github | GitHub secret scanning locations, JSON | 13 | 13 | 0 | 0
github-secret-scanning/webhook_reopened.json | github | GitHub secret scanning webhooks, JSON | 1 | 1 | 0 | 0
github-secret-scanning/zero_vul.json | none | none | 0 | 0 | 0 | 0
gitlab/0_vuln.json | none | GitLab secret detection report, JSON | 0 | 0 | 0 | 0
gitlab/1_vuln_v14.json | gitlab | GitLab secret detection report, JSON | 1 | 0 | 1 | 0
gitlab/1_vuln_v15.json | gitlab | GitLab secret detection report, JSON | 1 | 0 | 1 | 0
gitleaks/baseline.csv | gitleaks | CSV | 1 | 0 | 1 | 0
gitleaks/baseline.json | gitleaks | Gitleaks 8, JSON | 2 | 2 | 0 | 0
gitleaks/csv_simple.csv | gitleaks | CSV | 1 | 0 | 1 | 0
gitleaks/dd_data_one.json | gitleaks | Gitleaks 7, JSON | 1 | 0 | 1 | 0
gitleaks/dd_no_findings.json | none | none | 0 | 0 | 0 | 0
gitleaks/dd_redacted_data_many.json | gitleaks | Gitleaks 7, JSON | 6 | 6 | 0 | 0
gitleaks/dd_version_7.5.0.json | gitleaks | Gitleaks 7, JSON | 8 | 0 | 8 | 0
gitleaks/empty.json | none | none | 0 | 0 | 0 | 0
gitleaks/gitleaks_7.5.0.sarif | gitleaks | SARIF 2.1.0 | 8 | 0 | 8 | 0
gitleaks/json_simple.json | gitleaks | Gitleaks 8, JSON | 1 | 0 | 1 | 0
gitleaks/junit_simple.xml | gitleaks | Gitleaks 8, JUnit XML | 2 | 0 | 2 | 0
gitleaks/sarif_simple.sarif | gitleaks | SARIF 2.1.0 | 1 | 0 | 1 | 0
gitleaks/scb_test-null-report.json | none | none | 0 | 0 | 0 | 0
gitleaks/template_jsonextra.json | gitleaks | Gitleaks 8, JSON | 1 | 0 | 1 | 0
kingfisher/sample-report_2026.json | kingfisher | Kingfisher, JSON | 3 | 0 | 3 | 0
noseyparker/json_schema.snap | none | none | 0 | 0 | 0 | 1
noseyparker/noseyparker_0_22_0.jsonl | noseyparker | Nosey Parker, JSON and JSON lines | 40 | 0 | 40 | 0
noseyparker/noseyparker_one_vul.jsonl | noseyparker | Nosey Parker, JSON and JSON lines | 1 | 0 | 1 | 0
noseyparker/noseyparker_zero_vul.jsonl | none | none | 0 | 0 | 0 | 0
rusty_hog/choctawhog_many_vulns.json | rusty_hog | Rusty Hog, JSON | 13 | 0 | 13 | 0
rusty_hog/gottingenhog_many_vulns.json | rusty_hog | Rusty Hog, JSON | 10 | 0 | 10 | 0
secretlint/formatter_mask-result.txt | none | none | 0 | 0 | 0 | 1
secretlint/formatter_output.json | secretlint | secretlint, JSON | 3 | 0 | 3 | 0
secretlint/no_vuln.json | none | secretlint, JSON | 0 | 0 | 0 | 0
secretlint/one_vuln.json | secretlint | secretlint, JSON | 1 | 1 | 0 | 0
secretlint/output.sarif | secretlint | SARIF 2.1.0 | 3 | 3 | 0 | 0
secretlint/rule_anthropic_unmasked_single.json | secretlint | secretlint, JSON | 4 | 0 | 4 | 0
semgrep/api_secrets_findings.json | semgrep | Semgrep API findings, JSON | 2 | 2 | 0 | 0
semgrep/close_old_findings_report_line31.json | semgrep | Semgrep, JSON | 1 | 0 | 1 | 1
semgrep/findings_and_ignores.json | none | Semgrep API findings, JSON | 0 | 0 | 0 | 1
semgrep/semgrep_pro_one_vuln.json | none | Semgrep API findings, JSON | 0 | 0 | 0 | 1
talisman/one_finding.json | talisman | Talisman, JSON | 1 | 1 | 0 | 0
trivy/exposedsecretreport_many.json | trivy | Trivy Operator ExposedSecretReport, JSON | 2 | 2 | 0 | 0
trufflehog/v2_legacy.jsonl | trufflehog | TruffleHog 2, JSON lines | 66 | 0 | 66 | 0
trufflehog/v3_git.jsonl | trufflehog | TruffleHog 3, JSON lines | 4 | 0 | 4 | 0
trufflehog/v3_readme_aws.jsonl | trufflehog | TruffleHog 3, JSON lines | 1 | 0 | 1 | 0
trufflehog3/issue_6999.json | trufflehog3 | TruffleHog3 (Python), JSON | 1 | 0 | 1 | 0
trufflehog3/many_vulns2_legacy.json | trufflehog3 | TruffleHog3 (Python) 2, JSON | 145 | 0 | 145 | 0
trufflehog3/many_vulns_legacy.json | trufflehog3 | TruffleHog3 (Python) 2, JSON | 74 | 0 | 74 | 0
whispers/whispers_one_vul_v2.2.json | whispers | whispers, JSON | 1 | 0 | 1 | 0
wiz/wizcli_dir_many_vul.json | wiz | Wiz CLI, JSON | 1 | 1 | 0 | 0
`
const rows = table
  .trim()
  .split('\n')
  .map(row => row.split(' | '))

if (root === undefined) {
  describe('real reports', () => {
    it.skip('ARE NOT READ HERE: set AFTERLEAK_SAMPLES to the folder of samples', () => undefined)
  })
} else {
  describe('real reports', () => {
    it('have a line each in the table', () => {
      const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(each => each.isFile())
      const paths = files.map(({ parentPath, name }) => relative(root, join(parentPath, name)))
      expect(paths.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(
        rows.map(([path = '']) => path).toSorted((a, b) => (a < b ? -1 : 1)),
      )
    })

    it.each(rows)('%s: %s, %s, %s findings', async (path, ...expected) => {
      const bytes = readFileSync(join(root, path))
      const { findings, warnings } = await read(bytes, {}, path)
      const tools = [...new Set(findings.map(({ tool }) => tool))]
      const valued = findings.filter(({ value, parts }) => (value ?? parts) !== undefined)
      const counts = [findings, findings.filter(({ redacted }) => redacted), valued, warnings].map(each => each.length)
      const found = [tools.join(' ') || 'none', recognised(bytes.toString()) ?? 'none', ...counts.map(String)]
      expect(found).toEqual(expected)
    })
  })
}
