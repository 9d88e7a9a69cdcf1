import { madeUp } from '../../src/catalog/made-up.ts'
import type { Warning } from '../../src/model/finding.ts'
import type { UsageEvent } from '../../src/model/usage.ts'
import type { Input } from '../../src/text/input.ts'
import type { LogFormat } from '../../src/usage/format.ts'
import type { JoinKeys } from '../../src/usage/join.ts'
import { gatherUsage, readUsage, type Usage, type UsageOptions } from '../../src/usage/usage.ts'

/** Key ids that look like AWS's, made when the test runs. */
export function keyId(seed: string, prefix = 'AKIA'): string {
  return `${prefix}${madeUp('{base32:16}', seed)}`
}

export function input(
  bytes: string | Uint8Array | readonly Uint8Array[],
  name = 'log',
  more: Partial<Input> = {},
): Input {
  const whole = typeof bytes === 'string' ? [Buffer.from(bytes)] : bytes instanceof Uint8Array ? [bytes] : bytes
  return {
    name,
    async *open() {
      yield* whole
    },
    modified: new Date('2026-11-20T00:00:00Z'),
    ...more,
  }
}

export interface Outcome {
  readonly events: readonly UsageEvent[]
  readonly warnings: readonly Warning[]
}

export async function read(
  bytes: string | Uint8Array | readonly Uint8Array[],
  options: { readonly formats?: readonly LogFormat[]; readonly year?: number; readonly modified?: Date } = {},
): Promise<Outcome> {
  const warnings: Warning[] = []
  const events: UsageEvent[] = []
  const { modified, ...rest } = options
  const one = input(bytes, 'log', modified === undefined ? {} : { modified })
  for await (const some of readUsage([one], { warn: warning => warnings.push(warning), ...rest })) events.push(...some)
  return { events, warnings }
}

/** The events of an input with which nothing is wrong. */
export async function eventsIn(
  bytes: string | Uint8Array,
  options: { readonly formats?: readonly LogFormat[]; readonly year?: number } = {},
): Promise<readonly UsageEvent[]> {
  const { events, warnings } = await read(bytes, options)
  if (warnings.length > 0) throw new Error(warnings.map(({ message }) => message).join('\n'))
  return events
}

export function keys(credential: string, more: Partial<JoinKeys> = {}): JoinKeys {
  return { credential, provider: 'aws', ids: [], hashes: [], named: [], principals: [], accounts: [], ...more }
}

export async function gather(
  inputs: readonly Input[],
  wanted: readonly JoinKeys[],
  more: Partial<UsageOptions> = {},
): Promise<Usage & { readonly warnings: readonly Warning[] }> {
  const warnings: Warning[] = []
  const options = { keys: wanted, scrub: (text: string) => text, warn: (each: Warning) => void warnings.push(each) }
  return { ...(await gatherUsage(inputs, { ...options, ...more })), warnings }
}

/** A record of CloudTrail, with what a test says of it. */
export function trail(key: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    eventVersion: '1.09',
    userIdentity: {
      type: 'IAMUser',
      arn: 'arn:aws:iam::123456789012:user/alice',
      accountId: '123456789012',
      accessKeyId: key,
      userName: 'alice',
    },
    eventTime: '2026-11-01T10:00:00Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '192.0.2.7',
    userAgent: 'aws-cli/2.17.32',
    requestParameters: null,
    responseElements: null,
    requestID: 'R1',
    eventID: '00000000-0000-4000-8000-000000000001',
    readOnly: true,
    managementEvent: true,
    recipientAccountId: '123456789012',
    ...more,
  }
}
