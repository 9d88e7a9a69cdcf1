export type { Catalog } from './catalog/catalog.ts'
export { loadCatalog } from './catalog/load.ts'
export type { Fault } from './catalog/read-yaml.ts'
export type { CompiledProvider } from './catalog/schema.ts'
export type { Investigated } from './composition/investigate.ts'
export { InvestigationFault, type InvestigationSettings } from './composition/investigation.ts'
export {
  check,
  checkValidator,
  type Findings,
  type InvestigateOptions,
  investigate,
  type ReadingOptions,
  readFindings,
} from './composition/library.ts'
export type { RunSettings } from './composition/run.ts'
export type { Case, Credential, Runbook, Sighting } from './model/credential.ts'
export type { Exposure, Finding, Place, Prior, Warning } from './model/finding.ts'
export type { Misuse, MisuseLevel, Session, Signal } from './model/misuse.ts'
export type { Client, Decision, Priority } from './model/priority.ts'
export type { Report, Run, Summary } from './model/run.ts'
export { Secret } from './model/secret.ts'
export type { Coverage } from './model/usage.ts'
export type { Evidence, Reason, State, Verdict } from './model/verdict.ts'
export type { Input } from './text/input.ts'
