import { isRecord } from '../../model/path.ts'
import { earlierIn } from '../earlier.ts'
import { exposureOf } from '../exposure-word.ts'
import type { JsonFormat } from '../format.ts'
import { mediumOf } from '../medium-word.ts'

/** Tools whose findings name the provider because a person did. */
const persons = ['json', 'csv', 'env', 'lines']

/** Our own reports, as `--to json` and `--to jsonl` write them: every place of every key, and no key. */
export const afterleak: JsonFormat = {
  id: 'afterleak',
  name: 'a saved report of afterleak',
  shape: 'json',
  records: ['', 'cases[]'],
  knows: record => earlierIn(record) !== undefined && Array.isArray(record.findings),
  envelope: document => document.schema === 1 && isRecord(document.run) && isRecord(document.summary),
  read: record => {
    const earlier = earlierIn(record)
    if (earlier === undefined) return undefined
    const { shown, provider } = earlier
    const places = Array.isArray(record.findings) ? record.findings.filter(isRecord) : []
    return (places.length === 0 ? [{}] : places).map(place => {
      const tool = typeof place.scanner === 'string' ? place.scanner : 'afterleak'
      return {
        tool,
        rule: place.rule,
        provider: persons.includes(tool) ? provider : undefined,
        redacted: true,
        earlier,
        // Of a key with a public name that name is shown, which is no mask.
        left: { mask: /^[^ …]*…[^ …]*$/.test(shown) ? shown : undefined },
        prior: place.prior === 'live' || place.prior === 'dead' ? place.prior : undefined,
        file: place.file,
        line: place.line,
        column: place.column,
        commit: place.commit,
        url: place.url,
        author: place.author,
        at: place.at,
        exposure: exposureOf(place.exposure),
        medium: mediumOf(place.medium),
        repository: place.repository,
      }
    })
  },
}
