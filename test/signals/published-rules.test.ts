import { describe, expect, it } from 'vitest'
import { factOf } from '../../src/signals/operations/knowledge.ts'
import { askedFor } from '../../src/signals/requests/asked.ts'
import { eventsIn } from '../usage/support.ts'
import { event, monday } from './trace.ts'

describe('what published rules take for an attack', () => {
  it.each([
    ['sts:AssumeRoot', 'cloudtrail'],
    ['ec2:AssociateIamInstanceProfile', 'cloudtrail'],
    ['route53domains:TransferDomainToAnotherAwsAccount', 'cloudtrail'],
    ['admin:AUTHORIZE_API_CLIENT_ACCESS', 'google-workspace'],
    ['login:emailForwardingOutOfDomain', 'google-audit'],
    ['user.promote', 'github-audit'],
    ['AzureActiveDirectory:Disable Strong Authentication.', 'm365-audit'],
    ['compute.packetMirrorings.insert', 'google-audit'],
  ])('%s is sensitive', (operation, source) => {
    const [action = '', service] = operation.split(':').toReversed()
    const { service: _, ...plain } = event(monday, action, { source })
    expect(factOf(service === undefined ? plain : { ...plain, service }).class).toBe('sensitive')
  })

  it.each<[string, Record<string, unknown>, string | undefined]>([
    [
      'rds:ModifyDBInstance',
      { dBInstanceIdentifier: 'd', masterUserPassword: '****' },
      'rds:ModifyDBInstance: a new password for its owner',
    ],
    ['rds:ModifyDBInstance', { dBInstanceIdentifier: 'd' }, undefined],
    [
      'eks:UpdateClusterConfig',
      { logging: { clusterLogging: [{ types: ['audit'], enabled: false }] } },
      'eks:UpdateClusterConfig: a log of the cluster is switched off',
    ],
    ['eks:UpdateClusterConfig', { logging: { clusterLogging: [{ types: ['audit'], enabled: true }] } }, undefined],
    ['change visibility', { visibility: 'public' }, 'change visibility: a repository made public'],
    ['change visibility', { visibility: 'private' }, undefined],
  ])('%s %o', (action, parameters, says) => {
    const asked = askedFor(event(monday, action, { parameters }), { exposure: 'public' })
    expect(typeof asked === 'object' ? asked.says : undefined).toBe(says)
  })
})

describe("Vault's own interface", () => {
  it.each([
    ['delete', 'sys/audit/chosen', 'delete sys/audit', 'sensitive'],
    ['update', 'sys/policies/acl/chosen', 'update sys/policies', 'sensitive'],
    ['update', 'auth/token/create/chosen', 'update auth/token/create', 'sensitive'],
    ['update', 'auth/approle/role/chosen/secret-id', 'update auth/secret-id', 'sensitive'],
    ['read', 'sys/mounts', 'read sys/mounts', 'discovery'],
    ['update', 'auth/token/lookup-self', 'update auth/token/lookup-self', 'identity'],
    ['read', 'kv/data/chosen', 'read kv', 'discovery'],
  ])('%s %s is %s, %s', async (operation, path, action, kind) => {
    const request = { id: 'r', operation, path, mount_type: 'system' }
    const time = '2026-11-02T10:00:00Z'
    const [found] = await eventsIn(JSON.stringify({ time, type: 'response', auth: { accessor: 'a' }, request }))
    expect(found?.action).toBe(action)
    expect(found === undefined ? undefined : factOf(found).class).toBe(kind)
  })
})
