import { at, each, type RequestRule, short, text } from './rule.ts'

const makers =
  'pods deployments daemonsets statefulsets replicasets replicationcontrollers jobs cronjobs pods/ephemeralcontainers'
/** https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/ */
const settings: Readonly<Record<string, string>> = {
  'kube-system/aws-auth': 'changes who of AWS may enter the cluster',
  'kube-system/coredns': 'changes where names in the cluster lead',
}
const nobody = /^system:(?:anonymous|unauthenticated)$/

/** Requests to Kubernetes: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks */
export const clusterRules: readonly RequestRule[] = [
  {
    // What the least strict standard for pods forbids: https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
    rule: 'way out of the container',
    on: changing(makers),
    strength: 'medium',
    attack: ['T1611', 'T1610'],
    asks: ({ parameters }) => {
      const paths = each(parameters['paths']).map(path => text(path) ?? '')
      const ways = [
        ...(parameters['privileged'] === true ? ['a privileged container'] : []),
        ...(parameters['hostPID'] === true ? ['the node’s processes'] : []),
        ...(parameters['hostNetwork'] === true ? ['the node’s network'] : []),
        ...(paths.length > 0 ? [`the node’s ${short(paths.join(', '))}`] : []),
      ]
      return ways.length > 0 ? `a way out to the node: ${ways.join(', ')}` : undefined
    },
  },
  {
    rule: 'administrator rights',
    on: changing('clusterrolebindings rolebindings'),
    strength: 'strong',
    attack: ['T1098.006'],
    asks: ({ parameters }) => {
      const whom = each(parameters['subjects']).map(name => text(name) ?? '')
      const role = text(parameters['role']) ?? ''
      if (whom.some(name => nobody.test(name))) return `gives ${short(role)} to whoever comes without signing in`
      return role === 'cluster-admin' ? `gives ${short(whom.join(', '))} cluster-admin` : undefined
    },
  },
  {
    rule: 'every right by role',
    on: changing('clusterroles roles'),
    strength: 'medium',
    attack: ['T1098.006'],
    asks: ({ parameters }) =>
      each(parameters['rules']).some(one => ['verbs', 'resources'].every(name => each(at(one, name)).includes('*')))
        ? 'a role that may do everything'
        : undefined,
  },
  {
    rule: 'what the cluster runs by',
    on: changing('configmaps'),
    strength: 'medium',
    attack: ['T1098.006', 'T1557'],
    asks: ({ event }) => settings[event.resource ?? ''],
  },
]

function changing(resources: string): readonly string[] {
  return resources.split(' ').flatMap(resource => ['create', 'update', 'patch'].map(verb => `${verb} ${resource}`))
}
