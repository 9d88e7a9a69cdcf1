import type { Format } from './format.ts'
import { afterleak } from './formats/afterleak.ts'
import { betterleaks } from './formats/betterleaks.ts'
import { betterleaksMatch } from './formats/betterleaks-match.ts'
import { checkov } from './formats/checkov.ts'
import { credscan } from './formats/credscan.ts'
import { credsweeper } from './formats/credsweeper.ts'
import { csv } from './formats/csv.ts'
import { deepfence } from './formats/deepfence.ts'
import { deepfenceScanner } from './formats/deepfence-scanner.ts'
import { detectSecrets } from './formats/detect-secrets.ts'
import { detectSecretsAudit } from './formats/detect-secrets-audit.ts'
import { env } from './formats/env.ts'
import { ggshield } from './formats/ggshield.ts'
import { gitguardianHoneytoken } from './formats/gitguardian-honeytoken.ts'
import { gitguardianIncident } from './formats/gitguardian-incident.ts'
import { gitguardianOccurrence } from './formats/gitguardian-occurrence.ts'
import { gitguardianScan } from './formats/gitguardian-scan.ts'
import { githubAlert } from './formats/github-alert.ts'
import { githubLocation } from './formats/github-location.ts'
import { githubWebhook } from './formats/github-webhook.ts'
import { gitlab } from './formats/gitlab.ts'
import { gitleaks } from './formats/gitleaks.ts'
import { gitleaksJunit } from './formats/gitleaks-junit.ts'
import { gitleaksOffender } from './formats/gitleaks-offender.ts'
import { kingfisher } from './formats/kingfisher.ts'
import { kingfisherToon } from './formats/kingfisher-toon.ts'
import { lines } from './formats/lines.ts'
import { nZeroSOne } from './formats/n-zero-s-one.ts'
import { named } from './formats/named.ts'
import { noseyparker } from './formats/noseyparker.ts'
import { rustyHog } from './formats/rusty-hog.ts'
import { sarif } from './formats/sarif.ts'
import { secretlint } from './formats/secretlint.ts'
import { semgrep } from './formats/semgrep.ts'
import { semgrepFindings } from './formats/semgrep-findings.ts'
import { talisman } from './formats/talisman.ts'
import { titus } from './formats/titus.ts'
import { trivy } from './formats/trivy.ts'
import { trivyOperator } from './formats/trivy-operator.ts'
import { trufflehog } from './formats/trufflehog.ts'
import { trufflehogLegacy } from './formats/trufflehog-legacy.ts'
import { trufflehogThree } from './formats/trufflehog-three.ts'
import { trufflehogThreeLegacy } from './formats/trufflehog-three-legacy.ts'
import { whispers } from './formats/whispers.ts'
import { wiz } from './formats/wiz.ts'
import { xygeni } from './formats/xygeni.ts'

/** Every format, the most telling first: the first that knows a text reads it. */
export const formats: readonly Format[] = [
  afterleak,
  sarif,
  trufflehog,
  betterleaks,
  betterleaksMatch,
  gitleaks,
  gitleaksOffender,
  rustyHog,
  trufflehogThreeLegacy,
  trufflehogLegacy,
  kingfisher,
  trufflehogThree,
  noseyparker,
  titus,
  githubWebhook,
  githubAlert,
  githubLocation,
  gitguardianHoneytoken,
  gitguardianIncident,
  gitguardianOccurrence,
  gitguardianScan,
  ggshield,
  gitlab,
  detectSecrets,
  detectSecretsAudit,
  semgrepFindings,
  semgrep,
  secretlint,
  trivy,
  trivyOperator,
  wiz,
  deepfenceScanner,
  nZeroSOne,
  xygeni,
  checkov,
  talisman,
  credsweeper,
  whispers,
  named,
  gitleaksJunit,
  kingfisherToon,
  credscan,
  deepfence,
  csv,
  env,
  lines,
]

/** What `--from` accepts. */
export const formatIds: readonly string[] = [...new Set(formats.map(({ id }) => id))].toSorted()
