import { at, isRecord } from '../model/path.ts'
import type { Row } from '../text/row.ts'
import { rowsOf } from '../text/row.ts'

/** A call as Kubernetes' own rules of access name it: `create pods/exec`. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources */
export function callOf(verb: string, resource: string, part?: string): string {
  return `${verb} ${resource}${part === undefined ? '' : `/${part}`}`
}

/** GKE's name of a call, in the same words: `io.k8s.core.v1.pods.exec.create`. https://cloud.google.com/kubernetes-engine/docs/how-to/audit-logging */
export function callOfGoogle(method: string): string | undefined {
  const [, resource, part, verb] = /^io\.k8s\.(?:[\w-]+\.)*v\d\w*\.(\w+)(?:\.(\w+))?\.(\w+)$/.exec(method) ?? []
  return resource === undefined || verb === undefined ? undefined : callOf(verb, resource, part)
}

/** Where a pod stands in what makes pods: https://kubernetes.io/docs/concepts/workloads/controllers/ */
const pods = ['spec.jobTemplate.spec.template.spec', 'spec.template.spec', 'spec'] as const
const lifted = ['hostNetwork', 'hostPID', 'hostIPC'] as const

/**
 * Of the object that a call brings along, what opens the cluster or the node to somebody; the rest may hold secrets
 * (`data`, `stringData`, variables of the environment).
 */
export function openedBy(object: unknown): Row {
  if (!isRecord(object)) return {}
  const { roleRef, subjects, rules } = object
  const pod = pods.map(path => at(object, path)).find(isRecord) ?? {}
  const containers = ['containers', 'initContainers', 'ephemeralContainers'].flatMap(name => rowsOf(pod[name]))
  const paths = rowsOf(pod['volumes']).flatMap(volume => at(volume, 'hostPath.path') ?? [])
  const found = {
    role: at(roleRef, 'name'),
    subjects: rowsOf(subjects).map(({ name }) => name),
    rules: rowsOf(rules).map(({ verbs, resources }) => ({ verbs, resources })),
    privileged: containers.some(one => at(one, 'securityContext.privileged') === true),
    paths,
    ...Object.fromEntries(lifted.map(name => [name, pod[name]])),
  }
  return Object.fromEntries(
    Object.entries(found).filter(([, value]) => value !== undefined && value !== false && !isEmpty(value)),
  )
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
