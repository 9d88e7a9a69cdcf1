import type { JsonFormat } from '../format.ts'

/** Where results stand: in an image's or a directory's report, in its old form, and in a cluster's. */
const results = [
  'Results[]',
  '[]',
  'Resources[].Results[]',
  'Findings[].Results[]',
  'Vulnerabilities[].Results[]',
  'Misconfigurations[].Results[]',
]

/** Trivy's JSON, of whose results some are secrets. Their text is masked. */
export const trivy: JsonFormat = {
  id: 'trivy',
  name: 'Trivy, JSON',
  shape: 'json',
  records: results.map(path => `${path}.Secrets[]`),
  context: results.map(path => `${path}.Target`),
  knows: record => 'RuleID' in record,
  marks: record => 'RuleID' in record && ('Match' in record || 'StartLine' in record),
  envelope: document =>
    'SchemaVersion' in document || 'ClusterName' in document || ('ArtifactName' in document && 'Results' in document),
  read: (record, context) => ({
    tool: 'trivy',
    redacted: true,
    rule: record.RuleID,
    file: results.map(path => context(`${path}.Target`)).find(target => typeof target === 'string'),
    line: record.StartLine,
    left: { around: record.Match, endLine: record.EndLine },
  }),
}
