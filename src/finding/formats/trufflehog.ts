import { isRecord } from '../../model/path.ts'
import { firstText, type Row } from '../../text/row.ts'
import type { Draft, JsonFormat } from '../format.ts'
import { exposed } from '../trufflehog-source.ts'
import { detectorOf } from '../trufflehog-type.ts'
import { wrapped } from '../wrapped.ts'

/** TruffleHog 3: a JSON line for each result, often with its log between them. */
export const trufflehog: JsonFormat = {
  id: 'trufflehog',
  name: 'TruffleHog 3, JSON lines',
  shape: 'json',
  records: ['', '[]', ...wrapped],
  knows: record => 'SourceMetadata' in record && ('DetectorName' in record || 'DetectorType' in record),
  read(record) {
    const [source, place] = whereabouts(record)
    const extra = isRecord(record.ExtraData) ? record.ExtraData : none
    const { value, parts } = secretsOf(record)
    return {
      tool: 'trufflehog',
      rule:
        (record.DetectorName === 'CustomRegex' && extra.name) ||
        (record.DetectorName ?? detectorOf(record.DetectorType)),
      value,
      parts,
      hint: extra === none ? undefined : hint(extra),
      // false also stands for "was not verified" and for detectors that swallow errors
      prior: record.Verified === true || record.Verified === 'true' ? 'live' : 'unknown',
      file: firstText(place.file, place.filename, place.path, place.page, place.issue, ...unfiled(place)),
      line: place.line,
      commit: place.commit,
      url: place.link || place.repository,
      author: firstText(place.email, place.author, place.last_modified_by, place.username, place.user, place.user_id),
      at: place.timestamp || place.created_at || place.date_created || place.uploaded,
      ...exposed(source, place, 'DecoderName' in record),
    }
  },
}

const none: Row = {}

/** What stands where a file would: https://github.com/trufflesecurity/trufflehog/blob/main/proto/source_metadata.proto */
function unfiled({ secret_arn, index, document_id, title, locator, request_name, environment_name }: Row): unknown[] {
  const document = typeof index === 'string' && firstText(document_id) ? `${index}/${String(document_id)}` : index
  return [secret_arn, document, title, locator, request_name, environment_name]
}

/** `SourceMetadata.Data` has one key, the kind of source. */
function whereabouts({ SourceMetadata }: Row): readonly [source: string, place: Row] {
  const data = isRecord(SourceMetadata) ? SourceMetadata.Data : undefined
  if (!isRecord(data)) return ['', none]
  const [source = ''] = Object.keys(data)
  const place = data[source]
  if (!isRecord(place)) return [source, none]
  // A webhook's own source stands one level deeper.
  return source === 'Webhook' && isRecord(place.Data) ? whereabouts({ SourceMetadata: place }) : [source, place]
}

/**
 * The parts where the detector names them; else both halves in one text, `RawV2`, of which `Raw` is one. Old versions
 * wrote both in base64 and had no `DecoderName`.
 */
function secretsOf(record: Row): Pick<Draft, 'value' | 'parts'> {
  const old = !('DecoderName' in record)
  const raw = old ? unpacked(record.Raw) : record.Raw
  const both = old ? unpacked(record.RawV2) : record.RawV2
  const value = typeof both === 'string' && both !== '' ? both : raw
  if (isRecord(record.SecretParts) && Object.keys(record.SecretParts).length > 0)
    return { value, parts: record.SecretParts }
  if (typeof value !== 'string' || typeof raw !== 'string' || raw === '' || value.length <= raw.length) return { value }
  if (value.startsWith(raw)) return { value, parts: { raw, rest: value.slice(raw.length).replace(/^:/, '') } }
  if (value.endsWith(raw)) return { value, parts: { raw, rest: value.slice(0, -raw.length).replace(/:$/, '') } }
  return { value }
}

function unpacked(text: unknown): unknown {
  if (typeof text !== 'string' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return text
  const bytes = Buffer.from(text, 'base64')
  const plain = bytes.toString('utf8')
  return bytes.toString('base64') === text && !plain.includes('\ufffd') ? plain : text
}

/** What tells a canary token: the owner's ARN, or the detector's own word. */
function hint(extra: Row): string | undefined {
  const said = [extra.arn, extra.message, extra.is_canary === 'true' ? 'is_canary' : undefined]
  const text = said.filter(each => typeof each === 'string' && each !== '').join(' ')
  return text === '' ? undefined : text
}
