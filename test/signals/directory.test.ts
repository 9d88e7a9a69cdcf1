import { describe, expect, it } from 'vitest'
import { graphFact } from '../../src/signals/operations/graph.ts'
import { factOf } from '../../src/signals/operations/knowledge.ts'
import { askedFor, wantsParameters } from '../../src/signals/requests/asked.ts'
import { event, monday } from './trace.ts'

const setting = { exposure: 'public' } as const

/** An activity of Entra's audit log with the values that it changed. */
function asked(action: string, values: readonly string[], more = {}): string | undefined {
  const targetResources = [{ modifiedProperties: values.map(newValue => ({ displayName: 'x', newValue })) }]
  const found = askedFor(event(monday, action, { parameters: { targetResources, ...more } }), setting)
  return found === 'harmless' ? 'harmless' : found?.says
}

describe('a directory’s activities', () => {
  it.each([
    ['Add service principal credentials', 'sensitive', 'T1098.001'],
    ['Update application – Certificates and secrets management ', 'sensitive', 'T1098.001'],
    ['Add member to role in PIM completed (permanent)', 'sensitive', 'T1098.003'],
    ['Set federation settings on domain', 'sensitive', 'T1484.002'],
    ['Delete conditional access policy', 'sensitive', 'T1556.009'],
    ['Read BitLocker key', 'sensitive', 'T1555'],
    ['Download users - finished (bulk)', 'discovery', 'T1087.004'],
    ['Add member to group', 'write', 'T1098.007'],
    ['Update user', 'write', 'T1098'],
  ])('%s is %s, %s', (action, of, technique) => {
    expect(factOf(event(monday, action, { verb: 'admin' }))).toMatchObject({ class: of, techniques: [technique] })
  })

  it('are told by the role, the permission or the guest that they are about', () => {
    expect(asked('Add member to role', ['"Global Administrator"'])).toBe(
      'Add member to role: gives Global Administrator',
    )
    expect(asked('Add member to role', ['"Message Center Reader"'])).toBeUndefined()
    expect(asked('Add app role assignment to service principal', ['"Mail.ReadWrite"'])).toMatch(
      /may use Mail.ReadWrite/,
    )
    expect(asked('Consent to application', ['Scope: User.Read openid'])).toBeUndefined()
    expect(asked('Consent to application', ['[[Scope: RoleManagement.ReadWrite.Directory]]'])).toMatch(/RoleManagement/)
    const guest = (value: string) => ({
      additionalDetails: [{ key: 'invitedUserEmailAddress', value }],
      initiatedBy: { user: { userPrincipalName: 'frodo@shire.example' } },
    })
    expect(asked('Invite external user', [], guest('sam@shire.example'))).toBe('harmless')
    expect(asked('Invite external user', [], guest('eye@mordor.example'))).toMatch(/outside shire.example/)
    expect(wantsParameters(event(monday, 'AuditLogs:Add member to role'))).toBe(true)
  })
})

describe('calls of Graph', () => {
  it.each([
    ['GET /v1.0/me', 'identity'],
    ['GET /v1.0/me/messages', 'other'],
    ['GET /v1.0/users/frodo@shire.example/messages/{id}', 'other'],
    ['GET /beta/users/{id}/mailFolders/inbox/messages', 'other'],
    ['GET /v1.0/users/{id}', 'discovery'],
    ['GET /v1.0/users', 'discovery'],
    ['GET /v1.0/something/new', 'discovery'],
    ['POST /v1.0/applications/{id}/addPassword', 'sensitive'],
    ["POST /v1.0/servicePrincipals(appId='{id}')/addPassword", 'sensitive'],
    ['POST /v1.0/directoryRoles/{id}/members/$ref', 'sensitive'],
    ['POST /beta/roleManagement/directory/roleAssignments', 'sensitive'],
    ['POST /v1.0/users/{id}/authentication/temporaryAccessPassMethods', 'sensitive'],
    ['PATCH /v1.0/identity/conditionalAccess/policies/{id}', 'sensitive'],
    ['POST /v1.0/users/{id}/mailFolders/inbox/messageRules', 'sensitive'],
    ['POST /v1.0/users/{id}/sendMail', 'write'],
    ['PATCH /v1.0/users/{id}', 'write'],
    ['POST /v1.0/planner/tasks', 'write'],
  ])('%s is %s', (action, of) => {
    const verb = action.startsWith('GET') ? 'read' : 'write'
    expect(factOf(event(monday, action, { service: 'graph', source: 'azure-activity', verb })).class).toBe(of)
  })

  it('are not taken for what they are not', () => {
    expect(graphFact('ListBuckets')).toBeUndefined()
    expect(graphFact('POST /v1.0/applications/{id}/addPassword/more')).toBeUndefined()
    expect(
      factOf(event(monday, 'POST /v1.0/applications/{id}/addPassword', { service: 'other' })).techniques,
    ).not.toEqual([])
  })
})
