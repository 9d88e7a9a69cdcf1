import { describe, expect, it } from 'vitest'
import { factOf } from '../../src/signals/operations/knowledge.ts'
import { askedFor } from '../../src/signals/requests/asked.ts'
import { gatherUsage } from '../../src/usage/usage.ts'
import { time } from './example.ts'
import { eventsIn, input, keyId, keys, read } from './support.ts'

const call = {
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'RequestResponse',
  auditID: 'a-1',
  stage: 'ResponseComplete',
  requestURI: '/api/v1/namespaces/shop/pods/web/exec?command=sh',
  verb: 'create',
  user: {
    username: 'system:serviceaccount:shop:deploy',
    uid: 'u-1',
    groups: ['system:serviceaccounts'],
    extra: { 'authentication.kubernetes.io/credential-id': ['JTI=j-1'] },
  },
  sourceIPs: ['198.51.100.1', '203.0.113.9'],
  userAgent: 'kubectl/v1.34.0 (linux/amd64) kubernetes/0',
  objectRef: { resource: 'pods', namespace: 'shop', name: 'web', apiVersion: 'v1', subresource: 'exec' },
  responseStatus: { code: 101 },
  requestReceivedTimestamp: time,
  stageTimestamp: time,
}

const pod = {
  kind: 'DaemonSet',
  spec: {
    template: {
      spec: {
        hostPID: true,
        containers: [
          { name: 'x', securityContext: { privileged: true }, env: [{ name: 'PASSWORD', value: 'hunter2' }] },
        ],
        volumes: [{ name: 'root', hostPath: { path: '/' } }],
      },
    },
  },
}

describe('the audit log of Kubernetes', () => {
  it('says who did what from where, by the address that nobody can make up', async () => {
    expect(await eventsIn(JSON.stringify(call))).toEqual([
      expect.objectContaining({
        source: 'kubernetes',
        credential: { uid: 'j-1', match: 'exact' },
        action: 'create pods/exec',
        resource: 'shop/web',
        ip: '203.0.113.9',
        actor: 'system:serviceaccount:shop:deploy',
        outcome: 'success',
        verb: 'write',
      }),
    ])
  })

  it('tells each call once', async () => {
    const stages = ['RequestReceived', 'ResponseStarted', 'ResponseComplete'].map(stage => ({ ...call, stage }))
    expect(await eventsIn(stages.map(stage => JSON.stringify(stage)).join('\n'))).toHaveLength(1)
  })

  it.each<[string, object, string?]>([
    ['a list', { kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items: [call] }],
    ['CloudWatch', { logEvents: [{ id: '1', timestamp: 1, message: JSON.stringify(call) }] }],
    ['ECS', { '@timestamp': time, event: { dataset: 'kubernetes.audit_logs' }, kubernetes: { audit: call } }],
    [
      'Azure Monitor',
      { time, category: 'kube-audit', operationName: 'x', properties: { log: JSON.stringify(call), pod: 'p' } },
    ],
    [
      'a table of Log Analytics',
      {
        AuditId: 'a-1',
        Stage: 'ResponseComplete',
        Verb: 'create',
        User: call.user,
        ObjectRef: call.objectRef,
        SourceIps: call.sourceIPs,
        UserAgent: call.userAgent,
        ResponseStatus: call.responseStatus,
        RequestReceivedTime: time,
      },
    ],
    [
      'Security Lake',
      {
        class_uid: 6003,
        time,
        metadata: { product: { name: 'Amazon EKS' } },
        api: { operation: 'create', response: { code: 201 } },
        resources: [{ type: 'pods/exec' }],
        src_endpoint: { ip: '203.0.113.9' },
      },
      'ocsf',
    ],
  ])('is read in %s', async (_what, record, source = 'kubernetes') => {
    expect(await eventsIn(JSON.stringify(record))).toEqual([
      expect.objectContaining({ source, action: 'create pods/exec', ip: '203.0.113.9' }),
    ])
  })

  it('keeps of a request only what opens something, and no secret', async () => {
    const objectRef = { resource: 'daemonsets', namespace: 'kube-system', name: 'x', apiGroup: 'apps' }
    const [made] = await eventsIn(JSON.stringify({ ...call, objectRef, requestObject: pod }))
    expect(made?.parameters).toEqual({ privileged: true, hostPID: true, paths: ['/'] })
    const secret = { kind: 'Secret', data: { key: 'aHVudGVyMg==' }, stringData: { other: 'hunter2' } }
    const text = JSON.stringify((await read(JSON.stringify({ ...call, requestObject: secret }))).events)
    expect(text).not.toContain('hunter2')
    expect(text).not.toContain('aHVudGVyMg')
  })

  it('names GKE’s calls in the same words', async () => {
    const entry = {
      timestamp: time,
      protoPayload: {
        serviceName: 'k8s.io',
        methodName: 'io.k8s.authorization.rbac.v1.clusterrolebindings.create',
        authenticationInfo: { principalEmail: 'eve@example.com' },
        request: { roleRef: { name: 'cluster-admin' }, subjects: [{ name: 'eve' }] },
      },
    }
    const [event] = await eventsIn(JSON.stringify(entry))
    expect(event).toMatchObject({ action: 'create clusterrolebindings' })
    expect(event && askedFor(event, { exposure: 'public' })).toMatchObject({
      says: 'k8s.io:create clusterrolebindings: gives eve cluster-admin',
    })
  })

  it('is joined by the id of an AWS key, and follows a token that was made', async () => {
    const key = keyId('eks')
    const user = { username: 'ops', extra: { accessKeyId: [key], arn: ['arn:aws:iam::123456789012:user/ops'] } }
    const token = { resource: 'serviceaccounts', namespace: 'shop', name: 'deploy', subresource: 'token' }
    const annotations = { 'authentication.kubernetes.io/issued-credential-id': 'JTI=j-1' }
    const log = [{ ...call, user, objectRef: token, annotations, auditID: 'a-0' }, call]
    const usage = await gatherUsage([input(log.map(line => JSON.stringify(line)).join('\n'))], {
      keys: [keys('one', { ids: [key] })],
      warn: () => undefined,
      scrub: text => text,
    })
    expect([...usage.history('one')].map(({ action }) => action)).toEqual([
      'create serviceaccounts/token',
      'create pods/exec',
    ])
  })

  it.each([
    ['create pods/exec', 'sensitive'],
    ['get pods/exec', 'sensitive'],
    ['list secrets', 'sensitive'],
    ['create pods', 'write'],
    ['list pods', 'discovery'],
    ['get pods', 'discovery'],
    ['create selfsubjectrulesreviews', 'identity'],
  ])('%s is %s', async (action, kind) => {
    const [verb, target = ''] = action.split(' ')
    const [resource, subresource] = target.split('/')
    const [event] = await eventsIn(JSON.stringify({ ...call, verb, objectRef: { resource, subresource } }))
    expect(event && factOf(event).class).toBe(kind)
  })

  it.each<[string, object, object, string | undefined]>([
    [
      'daemonsets',
      {},
      pod,
      'kubernetes:create daemonsets: a way out to the node: a privileged container, the node’s processes, the node’s /',
    ],
    ['pods', {}, { spec: { containers: [{ name: 'web', securityContext: { privileged: false } }] } }, undefined],
    [
      'clusterrolebindings',
      {},
      { roleRef: { name: 'view' }, subjects: [{ name: 'system:anonymous' }] },
      'kubernetes:create clusterrolebindings: gives view to whoever comes without signing in',
    ],
    ['rolebindings', {}, { roleRef: { name: 'view' }, subjects: [{ name: 'eve' }] }, undefined],
    [
      'clusterroles',
      {},
      { rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] },
      'kubernetes:create clusterroles: a role that may do everything',
    ],
    [
      'configmaps',
      { namespace: 'kube-system', name: 'aws-auth' },
      {},
      'kubernetes:create configmaps: changes who of AWS may enter the cluster',
    ],
    ['configmaps', { namespace: 'shop', name: 'aws-auth' }, {}, undefined],
  ])('a call for %s is told by what it asks for (%#)', async (resource, target, requestObject, says) => {
    const [event] = await eventsIn(JSON.stringify({ ...call, objectRef: { resource, ...target }, requestObject }))
    const asked = event && askedFor(event, { exposure: 'public' })
    expect(typeof asked === 'object' ? asked.says : undefined).toBe(says)
  })
})
