import { isRecord } from '../../model/path.ts'
import { firstText } from '../../text/row.ts'
import type { Context, JsonFormat } from '../format.ts'

/** Where reports stand: one, a list, an array, a cluster's by their kind. */
const reports = ['report', 'items[].report', '[].report', '*[].report']

/** Trivy Operator's ExposedSecretReport: one, a list of Kubernetes', or all reports of a cluster. Masked. */
export const trivyOperator: JsonFormat = {
  id: 'trivy',
  name: 'Trivy Operator ExposedSecretReport, JSON',
  shape: 'json',
  records: reports.map(path => `${path}.secrets[]`),
  context: reports.map(path => `${path}.artifact`),
  knows: record => 'ruleID' in record,
  envelope: ({ kind }) => typeof kind === 'string' && /^(?:Cluster)?ExposedSecretReport(?:List)?$/.test(kind),
  read: (record, context) => ({
    tool: 'trivy',
    redacted: true,
    rule: record.ruleID,
    file: record.target,
    medium: 'image',
    repository: image(context),
    left: { around: record.match },
  }),
}

/** https://github.com/aquasecurity/trivy-operator/blob/main/pkg/apis/aquasecurity/v1alpha1/artifact_types.go */
function image(context: Context): string | undefined {
  const { repository, tag } = reports.map(path => context(`${path}.artifact`)).find(isRecord) ?? {}
  const name = firstText(repository)
  return name !== undefined && firstText(tag) ? `${name}:${String(tag)}` : name
}
