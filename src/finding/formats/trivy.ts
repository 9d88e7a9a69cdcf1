import type { Medium } from '../../model/finding.ts'
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

/** https://github.com/aquasecurity/trivy/blob/main/pkg/fanal/artifact/artifact.go */
const artifacts: Readonly<Record<string, Medium>> = {
  container_image: 'image',
  repository: 'repository',
  filesystem: 'file',
}

/** Of a repository that it cloned itself: https://github.com/aquasecurity/trivy/blob/main/pkg/types/report.go */
const [repositoryUrl, commit] = ['Metadata.RepoURL', 'Metadata.Commit'] as const

/** Trivy's JSON, of whose results some are secrets. Their text is masked. */
export const trivy: JsonFormat = {
  id: 'trivy',
  name: 'Trivy, JSON',
  shape: 'json',
  records: results.map(path => `${path}.Secrets[]`),
  context: [...results.map(path => `${path}.Target`), 'ArtifactName', 'ArtifactType', repositoryUrl, commit],
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
    repository: context(repositoryUrl) ?? context('ArtifactName'),
    commit: context(commit),
    medium: artifacts[String(context('ArtifactType'))],
    left: { around: record.Match, endLine: record.EndLine },
  }),
}
