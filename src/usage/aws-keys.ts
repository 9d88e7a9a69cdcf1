import { inside, type Row, rowsOf } from '../text/row.ts'

/**
 * Ids of keys and sessions in an answer of AWS: CreateAccessKey, CreateServiceSpecificCredential; AssumeRole,
 * GetSessionToken, GetFederationToken; CreateSession of Roles Anywhere.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
 * https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-create-session.html
 */
export function keysMade(answer: Row | undefined): readonly unknown[] | undefined {
  if (answer === undefined) return undefined
  const ids = [
    inside(answer, 'accessKey')['accessKeyId'],
    inside(answer, 'credentials')['accessKeyId'],
    inside(answer, 'federatedUser')['arn'],
    inside(answer, 'serviceSpecificCredential')['serviceSpecificCredentialId'],
    ...rowsOf(answer['credentialSet']).map(each => inside(each, 'credentials')['accessKeyId']),
  ]
  return ids.some(id => id !== undefined) ? ids : undefined
}
