import type { JsonFormat } from '../format.ts'

/** Trivy Operator's ExposedSecretReport: one, a list of Kubernetes', or all reports of a cluster. Masked. */
export const trivyOperator: JsonFormat = {
  id: 'trivy',
  name: 'Trivy Operator ExposedSecretReport, JSON',
  shape: 'json',
  records: ['report.secrets[]', 'items[].report.secrets[]', '[].report.secrets[]', '*[].report.secrets[]'],
  knows: record => 'ruleID' in record,
  envelope: ({ kind }) => typeof kind === 'string' && /^(?:Cluster)?ExposedSecretReport(?:List)?$/.test(kind),
  read: record => ({
    tool: 'trivy',
    redacted: true,
    rule: record.ruleID,
    file: record.target,
    medium: 'image',
    left: { around: record.match },
  }),
}
