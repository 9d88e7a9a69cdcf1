import { Catalog } from '../../src/catalog/catalog.ts'
import { parseBody } from '../../src/engine/body.ts'
import type { Case } from '../../src/model/credential.ts'
import { Keyring } from '../../src/model/keyring.ts'
import type { SafeRequest, Send } from '../../src/model/request.ts'
import { check, understand, type Walk } from '../../src/pipeline.ts'
import type { Memo } from '../../src/store/journal.ts'
import { Places } from '../../src/store/places.ts'
import { finding, type Plain, shipped } from './support.ts'

/** Key ids that AWS knows, with their secrets. */
export type Truth = ReadonlyMap<string, string>

const namespace = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"'

/** Answers as STS does in its first partition, where every key of the truth lives; the others know none. */
export function aws(truth: Truth, asked: (id: string, secret: string) => void = () => undefined): Send {
  return async (request, _settles) => {
    const { id, secret } = pairOf(request)
    asked(id, secret)
    const known = request.origin.includes('us-east-1') ? truth.get(id) : undefined
    const code = known === undefined ? 'InvalidClientTokenId' : 'SignatureDoesNotMatch'
    const [status, body] =
      known === secret
        ? [
            200,
            `<GetCallerIdentityResponse ${namespace}><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/${id}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
          ]
        : [
            403,
            `<ErrorResponse ${namespace}><Error><Type>Sender</Type><Code>${code}</Code><Message>No.</Message></Error></ErrorResponse>`,
          ]
    const parsed = await parseBody(Buffer.from(body), 'text/xml', undefined)
    return { sentAt: new Date().toISOString(), reply: { status, headers: {}, ...parsed } }
  }
}

function pairOf({ parts: { key_id: id, secret } }: SafeRequest): { readonly id: string; readonly secret: string } {
  if (id?.public !== true || secret?.public !== false) throw new Error('not a pair of AWS')
  return { id: id.text, secret: secret.secret.digest(text => text) }
}

/** Walks findings from the report to the cases. */
export async function walked(
  plain: readonly Plain[],
  send: Send,
  memo: Memo = { once: (_, ask) => ask() },
  provider = 'aws',
): Promise<readonly Case[]> {
  const keyring = new Keyring()
  const walk: Walk = {
    catalog: new Catalog(shipped.filter(({ id }) => id === provider)),
    keyring,
    places: new Places('.'),
    fingerprintKey: Buffer.alloc(32, 1),
    planning: {},
    send,
    memo,
  }
  async function* findings() {
    for (const one of plain) yield finding(one, keyring)
  }
  const cases: Case[] = []
  for await (const one of check(await understand(findings(), walk), walk)) cases.push(one)
  return cases
}
