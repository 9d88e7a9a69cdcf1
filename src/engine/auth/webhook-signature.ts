import { createHmac } from 'node:crypto'

/**
 * Headers that sign a message to a receiver: `webhook-id` stays the same when it is sent again.
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signMessage(
  { id, secret, body }: { readonly id: string; readonly secret: string; readonly body: string },
  now: Date,
): Readonly<Record<string, string>> {
  const at = String(Math.floor(now.getTime() / 1000))
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret)
  const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${signature}` }
}
