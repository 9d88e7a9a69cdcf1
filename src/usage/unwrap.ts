import { isRecord } from '../model/path.ts'
import type { Row } from '../text/row.ts'
import { pick, textOf } from './field.ts'
import { withoutHead } from './line-head.ts'

/**
 * What collectors put around a provider's record: Elasticsearch (`_source`), EventBridge (`detail`), Splunk (`result`,
 * `_raw`), Auth0's and others' streams (`data`), CloudWatch Logs (`logEvents`, `message`), Google's sinks (`jsonPayload`).
 */
const layers = [
  '_source',
  'detail',
  'data',
  'raw',
  '_raw',
  'result',
  'message',
  'event',
  'record',
  'log',
  'body',
  'jsonPayload',
  'textPayload',
  'logEvents',
  'Records',
  'records',
  'Events',
  'events',
  'findings',
  'value',
  'hits',
] as const
const deepest = 3

/**
 * The provider's own record where a collector keeps it beside what it made of it: Splunk's `_raw`, Elastic's
 * `event.original` and fields of its modules, Azure Monitor's `properties.log` of a cluster.
 */
export function original(record: Row): Row | undefined {
  const found = parsed(pick(record, '_raw', 'event.original', 'properties.log', 'kubernetes.audit', 'aws.cloudtrail'))
  return isRecord(found) ? found : undefined
}

/** The records inside a record, or the text of a log line: the first that anyone knows, through at most three wrappings. */
export function unwrapped<Known>(
  record: Row,
  knows: (inner: Row | string) => Known | undefined,
  depth = 0,
): readonly Known[] {
  for (const layer of layers) {
    const inner = record[layer]
    if (inner === undefined || inner === null || typeof inner === 'number') continue
    const found = listed(inner).flatMap(each => within(each, knows, depth))
    if (found.length > 0) return found
    const dated = layer === 'textPayload' ? knows(withTime(record)) : undefined
    if (dated !== undefined) return [dated]
  }
  return []
}

function within<Known>(
  inner: unknown,
  knows: (inner: Row | string) => Known | undefined,
  depth: number,
): readonly Known[] {
  const value = parsed(typeof inner === 'string' ? withoutHead(inner) : inner)
  if (!isRecord(value) && typeof value !== 'string') return []
  const known = knows(value)
  if (known !== undefined) return [known]
  return isRecord(value) && depth + 1 < deepest ? unwrapped(value, knows, depth + 1) : []
}

/** Cloud SQL has the time beside a line: https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry */
function withTime(record: Row): string {
  const time = textOf(record['timestamp']) ?? ''
  return `${time.replace('T', ' ').replace('Z', ' UTC')} ${textOf(record['textPayload']) ?? ''}`
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

/** A document in a text as a document. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*\{/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
