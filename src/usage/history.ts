import type { Join, UsageEvent, Verb } from '../model/usage.ts'
import type { Row } from '../text/row.ts'
import { Amounts } from './amounts.ts'
import type { LogEvent } from './finish.ts'
import { IdColumn } from './id-column.ts'
import type { Joined } from './join.ts'
import { Strings } from './strings.ts'

/** The events of one credential in the order of time. They are made as they are asked for: there can be a million. */
export interface UsageHistory extends Iterable<UsageEvent> {
  readonly length: number
  /** How many are our own. */
  readonly ours: number
  /** Keys that this one made, by the log. */
  readonly children: readonly string[]
}

const verbs: readonly Verb[] = ['read', 'write', 'admin', 'auth']
const kinds: readonly UsageEvent['kind'][] = ['event', 'aggregate', 'observation']
const outcomes: readonly UsageEvent['outcome'][] = ['success', 'failure', 'unknown']
const joins: readonly Join[] = ['exact', 'principal', 'account']
const [SOURCE, UID, PARENT, FIRST] = [0, 1, 2, 3]
/** Columns of texts: source, uid, parent, and those of `wordsOf`. */
const width = FIRST + 12
const OURS = 1 << 8
/** Whether the log says that there was a second factor, and that there was none. */
const [MFA, NO_MFA] = [1 << 9, 1 << 10]
/** Fields that hold a secret, but not those that name one: `password`, and not `secretId`. */
const secretName = /(?:secret|passw|token|credential|private).*(?<!id|ids|arn|name|type)$/i

/** Everything that was seen of all credentials, in columns: an event costs about 120 bytes. */
export class UsageStore {
  readonly #strings: Strings
  readonly #clean: (text: string) => string
  readonly #ids: IdColumn
  readonly #requests: IdColumn
  #times = new Float64Array(1024)
  #flags = new Uint16Array(1024)
  #words = new Uint32Array(1024 * width)
  #count = 0
  readonly #asn = new Amounts()
  readonly #bytes = new Amounts()
  readonly #counts = new Amounts()
  readonly #costs = new Amounts()
  /** What each column of texts had last: neighbours share most of them. */
  readonly #last: (string | undefined)[] = Array.from({ length: width })
  readonly #lastNumber = new Uint32Array(width)
  readonly #parameters = new Map<number, Row>()
  readonly #made = new Map<number, readonly string[]>()
  readonly #rows = new Map<string, number[]>()

  /** `clean` takes secrets out of a text; it is asked once for each distinct one. */
  constructor(clean: (text: string) => string) {
    this.#clean = clean
    this.#strings = new Strings(clean)
    this.#ids = new IdColumn(clean)
    this.#requests = new IdColumn(clean)
  }

  add(event: LogEvent, joined: Joined, more: { readonly ours: boolean; readonly parameters: boolean }): void {
    const row = this.#count++
    if (row === this.#times.length) this.#grow()
    this.#times[row] = event.at
    this.#flags[row] =
      verbs.indexOf(event.verb) |
      (kinds.indexOf(event.kind) << 2) |
      (outcomes.indexOf(event.outcome) << 4) |
      (joins.indexOf(joined.match) << 6) |
      (more.ours ? OURS : 0) |
      (event.mfa === undefined ? 0 : event.mfa ? MFA : NO_MFA)
    const start = row * width
    this.#put(start + SOURCE, SOURCE, event.source)
    this.#put(start + UID, UID, joined.uid)
    this.#put(start + PARENT, PARENT, joined.parent)
    const words = wordsOf(event)
    for (let i = 0; i < words.length; i++) this.#put(start + FIRST + i, FIRST + i, words[i])
    this.#ids.push(event.id)
    this.#requests.push(event.requestId)
    this.#asn.set(row, event.asn)
    this.#bytes.set(row, event.bytes)
    this.#counts.set(row, event.count)
    this.#costs.set(row, event.cost)
    // As `uid` is: a key that is masked in one and not in the other would be two.
    if (event.made !== undefined) this.#made.set(row, event.made.map(this.#clean))
    if (more.parameters && event.parameters !== undefined) this.#parameters.set(row, this.#cleaned(event.parameters))
    const rows = this.#rows.get(joined.credential)
    if (rows === undefined) this.#rows.set(joined.credential, [row])
    else rows.push(row)
  }

  /** What was seen of one credential. An event that stands in two files is one event. */
  history(credential: string): UsageHistory {
    const rows = this.#distinct(
      (this.#rows.get(credential) ?? []).toSorted((a, b) => this.#time(a) - this.#time(b) || a - b),
    )
    const children = new Set(rows.flatMap(row => this.#made.get(row) ?? []))
    const event = (row: number): UsageEvent => this.#event(row)
    return {
      length: rows.length,
      ours: rows.filter(row => ((this.#flags[row] ?? 0) & OURS) !== 0).length,
      children: [...children],
      *[Symbol.iterator]() {
        for (const row of rows) yield event(row)
      },
    }
  }

  #distinct(rows: readonly number[]): readonly number[] {
    let seen = new Set<string>()
    let time = Number.NaN
    return rows.filter((row, i) => {
      if (this.#time(row) !== time) {
        time = this.#time(row)
        if (time !== this.#time(rows[i + 1] ?? -1)) return true
        seen = new Set()
      }
      const id = `${this.#words[row * width + SOURCE] ?? 0} ${this.#ids.at(row) ?? row}`
      if (seen.has(id)) return false
      seen.add(id)
      return true
    })
  }

  #time(row: number): number {
    return this.#times[row] ?? Number.NaN
  }

  #put(place: number, column: number, text: string | undefined): void {
    if (text !== this.#last[column]) {
      this.#last[column] = text
      this.#lastNumber[column] = this.#strings.of(text)
    }
    this.#words[place] = this.#lastNumber[column] ?? 0
  }

  #word(row: number, column: number): string | undefined {
    return this.#strings.at(this.#words[row * width + column] ?? 0)
  }

  #event(row: number): UsageEvent {
    const flags = this.#flags[row] ?? 0
    const parent = this.#word(row, PARENT)
    const uid = this.#word(row, UID) ?? ''
    const match = joins[(flags >> 6) & 3] ?? 'account'
    const event: Growing = {
      id: this.#ids.at(row) ?? '',
      at: this.#time(row),
      source: this.#word(row, SOURCE) ?? '',
      kind: kinds[(flags >> 2) & 3] ?? 'event',
      credential: parent === undefined ? { uid, match } : { uid, match, parent },
      action: this.#word(row, FIRST) ?? '',
      verb: verbs[flags & 3] ?? 'write',
      outcome: outcomes[(flags >> 4) & 3] ?? 'unknown',
    }
    const ip = this.#word(row, FIRST + 1)
    if (ip !== undefined) event.ip = ip
    const userAgent = this.#word(row, FIRST + 2)
    if (userAgent !== undefined) event.userAgent = userAgent
    const service = this.#word(row, FIRST + 3)
    if (service !== undefined) event.service = service
    const region = this.#word(row, FIRST + 4)
    if (region !== undefined) event.region = region
    const account = this.#word(row, FIRST + 5)
    if (account !== undefined) event.account = account
    const actor = this.#word(row, FIRST + 6)
    if (actor !== undefined) event.actor = actor
    const resource = this.#word(row, FIRST + 7)
    if (resource !== undefined) event.resource = resource
    const error = this.#word(row, FIRST + 8)
    if (error !== undefined) event.error = error
    const country = this.#word(row, FIRST + 9)
    if (country !== undefined) event.country = country
    const via = this.#word(row, FIRST + 10)
    if (via !== undefined) event.via = via
    const alarm = this.#word(row, FIRST + 11)
    if (alarm !== undefined) event.alarm = alarm
    if ((flags & (MFA | NO_MFA)) !== 0) event.mfa = (flags & MFA) !== 0
    const asn = this.#asn.get(row)
    if (asn !== undefined) event.asn = asn
    const bytes = this.#bytes.get(row)
    if (bytes !== undefined) event.bytes = bytes
    const count = this.#counts.get(row)
    if (count !== undefined) event.count = count
    const cost = this.#costs.get(row)
    if (cost !== undefined) event.cost = cost
    const requestId = this.#requests.at(row)
    if (requestId !== undefined) event.requestId = requestId
    const parameters = this.#parameters.get(row)
    if (parameters !== undefined) event.parameters = parameters
    const made = this.#made.get(row)
    if (made !== undefined) event.made = made
    if ((flags & OURS) !== 0) event.ours = true
    return event
  }

  #cleaned(parameters: Row): Row {
    const text = this.#clean(JSON.stringify(parameters))
    try {
      const parsed: unknown = JSON.parse(text, (name, value: unknown) =>
        typeof value === 'string' && value.length >= 8 && secretName.test(name) ? '…' : value,
      )
      return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
    } catch {
      return {}
    }
  }

  #grow(): void {
    const rows = this.#times.length * 2
    const times = new Float64Array(rows)
    const flags = new Uint16Array(rows)
    const numbers = new Uint32Array(rows * width)
    times.set(this.#times)
    flags.set(this.#flags)
    numbers.set(this.#words)
    this.#times = times
    this.#flags = flags
    this.#words = numbers
  }
}

type Growing = { -readonly [Key in keyof UsageEvent]: UsageEvent[Key] }

/** In the order in which they are read back; named one by one, as looking fields up by name would cost as much as parsing them. */
function wordsOf({
  action,
  ip,
  userAgent,
  service,
  region,
  account,
  actor,
  resource,
  error,
  country,
  via,
  alarm,
}: LogEvent): readonly (string | undefined)[] {
  return [action, ip, userAgent, service, region, account, actor, resource, error, country, via, alarm]
}
