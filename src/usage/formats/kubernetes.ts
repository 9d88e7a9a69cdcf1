import type { Verb } from '../../model/usage.ts'
import type { Row } from '../../text/row.ts'
import { listOf, objectOf, outcomeOf, pick, pickText, plainKeys, textOf, wordOf } from '../field.ts'
import type { LogFormat, Reading } from '../format.ts'
import { callOf, openedBy } from '../kubernetes-call.ts'

const looking = new Set(['get', 'list', 'watch', 'head', 'options'])
/** Who may do what, and by what they sign in. */
const administered = /^(?:cluster)?role(?:binding)?s$|^serviceaccounts|^certificatesigningrequests/

/**
 * Audit events of Kubernetes, as the server itself, EKS, AKS and collectors write them. Fields:
 * https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
 * https://learn.microsoft.com/en-us/azure/azure-monitor/reference/tables/aksaudit
 */
export const kubernetes: LogFormat = {
  id: 'kubernetes',
  name: 'Kubernetes audit log',
  providers: ['kubernetes', 'jwt', 'aws', 'gcp', 'entra'],
  json: {
    knows: record => ['auditID', 'AuditId'].some(name => typeof record[name] === 'string'),
    read: record => read(plainKeys(record)),
  },
  table: { knows: headings => headings.has('auditid') && headings.has('verb'), read },
  coverage: {
    blind: [
      'what is done inside a session (exec, attach, port-forward), and sessions that are still open: the log has them when they end',
    ],
  },
}

/** The answer to a call is told by itself: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/ */
const early = new Set(['RequestReceived', 'ResponseStarted'])

function read(row: Row): Reading {
  if (early.has(wordOf(row['stage']))) return 'pass'
  const who = objectOf(row['user']) ?? {}
  const extra = objectOf(who['extra']) ?? {}
  const marks = objectOf(row['annotations']) ?? {}
  const target = objectOf(row['objectref']) ?? {}
  const answer = objectOf(row['responsestatus']) ?? {}
  const resource = textOf(target['resource'])
  const verb = pickText(row, 'verb') ?? ''
  const outcome = outcomeOf(answer['code'] ?? (marks['authorization.k8s.io/decision'] === 'forbid' ? 403 : undefined))
  return {
    id: row['auditid'],
    at: pick(row, 'requestreceivedtimestamp', 'requestreceivedtime', 'stagetimestamp', 'timestamp'),
    // What EKS says of who signed in: https://github.com/kubernetes-sigs/aws-iam-authenticator (pkg/server/server.go)
    keys: [...listOf(extra['accessKeyId']), ...ids(listOf(extra['authentication.kubernetes.io/credential-id']))],
    principals: [who['username'], ...listOf(extra['arn']), ...listOf(extra['canonicalArn']), who['uid']],
    // All but the last are what the caller says of himself.
    ip: listOf(row['sourceips']).at(-1),
    userAgent: row['useragent'],
    action:
      resource === undefined
        ? `${verb} ${pathOf(wordOf(row['requesturi']))}`
        : callOf(verb, resource, textOf(target['subresource'])),
    service: 'kubernetes',
    verb: kindOf(verb, resource),
    actor: who['username'],
    resource: [target['namespace'], target['name']].map(textOf).filter(Boolean).join('/'),
    outcome,
    error: outcome === 'failure' ? pick(answer, 'reason', 'code') : undefined,
    parameters: openedBy(objectOf(row['requestobject'])),
    made: ids([marks['authentication.kubernetes.io/issued-credential-id']]),
  }
}

/** `JTI=…` for a token, `X509SHA256=…` for a certificate: https://github.com/kubernetes/enhancements/tree/master/keps/sig-auth/4193-bound-service-account-token-improvements */
function ids(marks: readonly unknown[]): readonly string[] {
  return marks.flatMap(mark => textOf(mark)?.replace(/^\w+=/, '') ?? [])
}

function pathOf(uri: string): string {
  return uri.replace(/\?.*$/s, '')
}

function kindOf(verb: string, resource = ''): Verb {
  if (looking.has(verb)) return 'read'
  return administered.test(resource) ? 'admin' : 'write'
}
