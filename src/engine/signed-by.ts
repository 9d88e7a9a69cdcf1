import { constants, createPublicKey, verify } from 'node:crypto'
import { encodedJson } from '../model/encoded-json.ts'
import { isRecord } from '../model/path.ts'

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
const curve = { dsaEncoding: 'ieee-p1363' } as const

/** Signatures that a public key verifies: https://www.rfc-editor.org/rfc/rfc7518#section-3.1, https://www.rfc-editor.org/rfc/rfc8037#section-3.1 */
const algorithms: Readonly<
  Record<string, { readonly digest: string | null; readonly type: string; readonly how?: object }>
> = {
  RS256: { digest: 'sha256', type: 'rsa' },
  RS384: { digest: 'sha384', type: 'rsa' },
  RS512: { digest: 'sha512', type: 'rsa' },
  PS256: { digest: 'sha256', type: 'rsa', how: pss },
  PS384: { digest: 'sha384', type: 'rsa', how: pss },
  PS512: { digest: 'sha512', type: 'rsa', how: pss },
  ES256: { digest: 'sha256', type: 'ec', how: curve },
  ES384: { digest: 'sha384', type: 'ec', how: curve },
  ES512: { digest: 'sha512', type: 'ec', how: curve },
  EdDSA: { digest: null, type: 'ed25519' },
}

/** Whether a JSON Web Key verifies a token; false for whatever is none of the two, for another key id, and for shared keys. */
export function isSignedBy(token: string, jwk: unknown): boolean {
  const [, head = '', payload = '', signature = ''] = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(token) ?? []
  const header = encodedJson(head)
  if (header === undefined || !isRecord(jwk) || jwk['use'] === 'enc') return false
  const { alg, kid } = header
  const algorithm = typeof alg === 'string' && Object.hasOwn(algorithms, alg) ? algorithms[alg] : undefined
  const differs = (name: 'alg' | 'kid', own: unknown): boolean =>
    jwk[name] !== undefined && own !== undefined && jwk[name] !== own
  if (algorithm === undefined || differs('alg', alg) || differs('kid', kid)) return false
  try {
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
    return (
      key.asymmetricKeyType === algorithm.type &&
      verify(
        algorithm.digest,
        Buffer.from(`${head}.${payload}`),
        { key, ...algorithm.how },
        Buffer.from(signature, 'base64url'),
      )
    )
  } catch {
    return false
  }
}
