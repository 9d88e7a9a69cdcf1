import { readFileSync } from 'node:fs'
import { readLogMap } from '../../src/config/log-map.ts'
import type { UsageEvent } from '../../src/model/usage.ts'
import { wantsParameters } from '../../src/signals/requests/asked.ts'
import type { Row } from '../../src/text/row.ts'
import { finish } from '../../src/usage/finish.ts'
import type { Draft, LogFormat, Reading } from '../../src/usage/format.ts'
import { mapped } from '../../src/usage/formats/mapped.ts'
import { logFormats } from '../../src/usage/formats.ts'
import { moment } from '../../src/usage/moment.ts'
import { JsonRecognition, type Known, ownLine } from '../../src/usage/recognise.ts'

/** A record of a labelled set as its provider wrote it, and what the set says of it. */
export interface Sample {
  readonly id?: string
  readonly key: string | null
  readonly label: string
  readonly raw: Row | string
  /** Instead of one that gives an emulator away. */
  readonly userAgent?: string | undefined
  /** Where the record has no time: rule tests often leave it out. */
  readonly at?: string | number | undefined
  /** Rule tests only: how many such records the rule waits for. */
  readonly threshold?: number
}

/** The events of a record: read as a known log, by the field map, or not at all; or it holds no event, see `enrichment`. */
export interface Read {
  readonly by: 'format' | 'field map' | 'nothing' | 'enrichment alone'
  readonly events: readonly UsageEvent[]
}

/** What the collector adds to a log, by its own documentation: https://docs.panther.com/search/panther-fields */
const enrichment = (key: string): boolean => key.startsWith('p_')
const none = '2020-01-01T00:00:00Z'
const around = { latest: Date.UTC(2018, 0), year: 2017 }

/** Reads records with the readers of an investigation, and with a field map where those know none. */
export class RecordReader {
  readonly #lines = new Map<LogFormat, (line: string) => Reading>()
  readonly #recognition = new JsonRecognition(logFormats, text => this.#line(text))
  readonly #others: LogFormat
  #nth = 0

  /** @param map a field map for logs that are not known, as `--log-map` takes it */
  constructor(map: string) {
    const read = readLogMap(map, readFileSync(map, 'utf8'))
    if (read.faults !== undefined) throw new Error(`${map} is no field map`)
    this.#others = mapped(read.map)
  }

  of(sample: Sample): Read {
    const { raw } = sample
    this.#nth++
    const known = typeof raw === 'string' ? [this.#line(raw)] : this.#recognition.of(raw)
    const events = known.flatMap(one => (one === undefined ? [] : this.#events(one, sample)))
    // A known log's record that is passed over is no use of a key, and not for the map.
    if (events.length > 0 || known.some(one => one?.read() === 'pass')) return { by: 'format', events }
    if (typeof raw === 'string') return { by: 'nothing', events }
    if (Object.keys(raw).every(enrichment)) return { by: 'enrichment alone', events }
    const row = { ...raw, time: sample.at ?? none }
    const others = this.#events({ format: this.#others, read: () => this.#others.json?.read(row) }, sample)
    return { by: others.length > 0 ? 'field map' : 'nothing', events: others }
  }

  #line(text: string): Known | undefined {
    const format = logFormats.find(each => each.lines?.knows(ownLine(text, each)) === true)
    if (format?.lines === undefined) return undefined
    const read = this.#lines.get(format) ?? format.lines.reader({ ...around, memory: new Map() })
    this.#lines.set(format, read)
    return { format, read: () => read(ownLine(text, format)) }
  }

  #events({ format, read }: Known, { key, at, userAgent }: Sample): readonly UsageEvent[] {
    const reading = read()
    const drafts = reading === 'pass' || reading === undefined ? [] : [reading].flat()
    return drafts.flatMap((draft: Draft) => {
      const whole = {
        ...draft,
        at: moment(draft.at) === undefined ? (at ?? none) : draft.at,
        userAgent: userAgent ?? draft.userAgent,
      }
      const event = finish(whole, { source: format.id, file: 'set', line: this.#nth, nth: this.#nth })
      if (event === undefined) return []
      const { parameters, ...rest } = event
      const kept = parameters !== undefined && wantsParameters(event) ? { parameters } : {}
      return [{ ...rest, ...kept, credential: { uid: key ?? 'none', match: 'exact' as const } }]
    })
  }
}
