import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { madeUp } from '../src/catalog/made-up.ts'
import { measured } from './child.ts'
import type { Figure } from './main.ts'

const records = 1_000_000
const keys = 50

/** A million records of CloudTrail, a fifth of them by one of fifty keys that are asked for; beside parsing the lines alone. */
export async function manyRecords(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'afterleak-bench-'))
  const file = join(folder, 'cloudtrail.jsonl')
  const ids = Array.from({ length: keys * 5 }, (_, index) => madeUp('AKIA{base32:16}', String(index)))
  await write(file, ids)
  const alone = await measured([fileURLToPath(new URL('./parse-lines.js', import.meta.url)), file])
  const reader = fileURLToPath(new URL('./read-usage.js', import.meta.url))
  const whole = await measured([reader, file, ...ids.slice(0, keys)])
  await rm(folder, { recursive: true })
  if (whole.code !== 0) throw new Error('not every event of the keys was found')
  return [
    {
      what: '1,000,000 CloudTrail records against 50 keys, to parsing the lines alone',
      value: alone.busy > 0 ? whole.busy / alone.busy : whole.milliseconds / alone.milliseconds,
      unit: ' ×',
      atMost: 2.5,
    },
    { what: 'their peak memory', value: whole.peak, unit: ' MB', atMost: 500 },
  ]
}

async function write(file: string, ids: readonly string[]): Promise<void> {
  const out = createWriteStream(file)
  for (let index = 0; index < records; index++) {
    const account = '123456789012'
    const hex = (index * 2654435761 + 4294967296).toString(16).padStart(12, '0').slice(0, 12)
    const user = `user-${index % 83}`
    const line = JSON.stringify({
      eventVersion: '1.09',
      userIdentity: {
        type: 'IAMUser',
        principalId: 'AIDAEXAMPLE',
        arn: `arn:aws:iam::${account}:user/${user}`,
        accountId: account,
        accessKeyId: ids[(index * 7919) % ids.length],
        userName: user,
      },
      eventTime: new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString().replace('.000Z', 'Z'),
      eventSource: 's3.amazonaws.com',
      eventName: index % 3 === 0 ? 'ListBuckets' : 'GetObject',
      awsRegion: 'eu-west-1',
      sourceIPAddress: `192.0.2.${index % 251}`,
      userAgent: `aws-cli/2.${index % 17}.0 md/Botocore#1.29 ua/2.0 os/linux`,
      requestParameters: { bucketName: `bucket-${index % 997}`, Host: 's3.eu-west-1.amazonaws.com' },
      responseElements: null,
      additionalEventData: { SignatureVersion: 'SigV4', bytesTransferredIn: 0, bytesTransferredOut: index % 100_000 },
      requestID: `REQ${index}`,
      eventID: `00000000-0000-4000-8000-${hex}`,
      readOnly: true,
      eventType: 'AwsApiCall',
      managementEvent: false,
      recipientAccountId: account,
      eventCategory: 'Data',
    })
    if (!out.write(`${line}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}
