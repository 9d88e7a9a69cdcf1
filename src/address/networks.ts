import { isRecord } from '../model/path.ts'
import { parseAddress } from './parse-address.ts'
import { type Labelled, RangeTable } from './range-table.ts'

/** Who runs or holds a range: labels are `14618 Amazon.com, Inc.` or `US`; a range's label is an index into them. */
export interface NetworksAbout {
  readonly date: string
  readonly source: string
  readonly licence: string
  readonly labels: readonly string[]
}

/**
 * Rows `first,last,label…` of ip-location-db, in either notation of IPv4.
 * https://github.com/sapics/ip-location-db#csv-format
 */
export function networksOf(
  texts: readonly string[],
  about: Omit<NetworksAbout, 'labels'>,
): { readonly about: NetworksAbout; readonly table: RangeTable } {
  const labels = new Map<string, number>()
  const spans: Labelled[] = []
  for (const text of texts)
    for (const line of text.split('\n')) {
      const [, from = '', to = '', rest = ''] = /^([^,]+),([^,]+),(.+?)\r?$/.exec(line) ?? []
      const [first, last] = [address(from), address(to)]
      if (first === undefined || last === undefined || typeof first !== typeof last) continue
      const [, asn, name] = /^(\d+)(?:,(.*))?$/.exec(rest) ?? []
      const words = asn === undefined ? rest : `${asn} ${plain(name ?? '')}`.trim()
      const label = labels.get(words) ?? labels.size
      labels.set(words, label)
      spans.push({ first, last, label })
    }
  return { about: { ...about, labels: [...labels.keys()] }, table: RangeTable.of(spans) }
}

export function isNetworksAbout(value: unknown): value is NetworksAbout {
  return isRecord(value) && typeof value.date === 'string' && Array.isArray(value.labels)
}

function address(text: string) {
  return /^\d{1,10}$/.test(text) ? Number(text) : parseAddress(text)
}

/** A field of CSV without its quotes. */
function plain(field: string): string {
  return field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field
}
