import type { LedgerLine } from '../ledger/read.ts'
import type { LogEvent } from './finish.ts'

/** One call that a ledger holds. */
interface Call {
  readonly run: string
  /** Milliseconds. */
  readonly at: number
  readonly method: string
  /** The path's template as a pattern, and the operation of AWS's query protocol. */
  readonly path: RegExp
  readonly action: string | undefined
  readonly request: string
  requestId: string | undefined
  /** The event that it accounted for: one call makes one line in a log. */
  event?: string
}

/** A ledger that is read once an event may stand in it. */
export interface Shelved {
  readonly run: string
  /** When its first and its last call were sent, in milliseconds, or further apart. */
  readonly from: number
  readonly to: number
  readonly lines: () => AsyncIterable<LedgerLine>
}

/** How far the provider's clock may be from ours. */
const slack = 5 * 60_000
const hour = 3_600_000
/** Ledgers of longer runs are read for any event. */
const longest = 60 * 24

/**
 * What we sent ourselves, by our ledgers. An event is ours only by a line of a ledger: by the provider's id of the
 * request, or by the run in its user agent, its time and its operation. A user agent alone proves nothing.
 */
export class Footsteps {
  readonly #byRequest = new Map<string, Call>()
  readonly #byRun = new Map<string, Call[]>()
  readonly #patterns = new Map<string, RegExp>()
  /** Ledgers that were not read yet: by their run, by each hour that they may know of, and those of any hour. */
  readonly #shelved = new Map<string, Shelved>()
  readonly #byHour = new Map<number, Shelved[]>()
  readonly #always: Shelved[] = []

  /** Takes over a ledger when it is needed. A folder of them holds every run that there was, and a log a few days. */
  shelve(ledger: Shelved): void {
    this.#shelved.set(ledger.run, ledger)
    const first = Math.floor((ledger.from - slack) / hour)
    const last = Math.floor((ledger.to + slack) / hour)
    if (!(last - first < longest)) this.#always.push(ledger)
    else
      for (let at = first; at <= last; at++) {
        const known = this.#byHour.get(at)
        if (known === undefined) this.#byHour.set(at, [ledger])
        else known.push(ledger)
      }
  }

  /** Reads the ledgers that may know this event; undefined where all of those were read. To be asked before `made`. */
  ready({ at, userAgent }: Pick<LogEvent, 'at' | 'userAgent'>): Promise<void> | undefined {
    if (this.#shelved.size === 0) return undefined
    const named = this.#shelved.get(runIn(userAgent) ?? '')
    const then = this.#byHour.get(Math.floor(at / hour)) ?? []
    const wanted = [...this.#always, ...then, ...(named === undefined ? [] : [named])].filter(({ run }) =>
      this.#shelved.has(run),
    )
    return wanted.length === 0 ? undefined : this.#unshelve(wanted)
  }

  async #unshelve(wanted: readonly Shelved[]): Promise<void> {
    for (const { run, lines } of wanted) if (this.#shelved.delete(run)) await this.take(lines())
  }

  /** Takes over one ledger; may be asked again for colleagues' ones. */
  async take(lines: AsyncIterable<LedgerLine>): Promise<void> {
    let run = ''
    const sent = new Map<number, Call>()
    for await (const line of lines) {
      if (line.type === 'run') run = String(line['run'])
      else if (line.type === 'sent') {
        const call = this.#callOf(line, run)
        if (call === undefined || line.n === undefined) continue
        sent.set(line.n, call)
        const calls = this.#byRun.get(run)
        if (calls === undefined) this.#byRun.set(run, [call])
        else calls.push(call)
      } else if (line.type === 'answered' && line.n !== undefined && typeof line['requestId'] === 'string') {
        const call = sent.get(line.n)
        if (call === undefined) continue
        call.requestId = line['requestId']
        this.#byRequest.set(line['requestId'], call)
      }
    }
  }

  /** Whether we made this call. Each line of a ledger accounts for one event, so that nobody can hide behind it. */
  made(event: LogEvent): boolean {
    const name = `${event.source} ${event.id}`
    const call = event.requestId === undefined ? undefined : this.#byRequest.get(event.requestId)
    if (call !== undefined && near(call, event)) return claims(call, name)
    const run = runIn(event.userAgent)
    const calls = (run === undefined ? undefined : this.#byRun.get(run)) ?? []
    return calls
      .filter(each => each.requestId === undefined || event.requestId === undefined)
      .filter(each => near(each, event) && isOperation(each, event))
      .toSorted((a, b) => Math.abs(a.at - event.at) - Math.abs(b.at - event.at))
      .some(each => claims(each, name))
  }

  #callOf(line: LedgerLine, run: string): Call | undefined {
    const at = Date.parse(line.at ?? '')
    const path = line['path']
    if (Number.isNaN(at) || typeof path !== 'string') return undefined
    // A run asks the same few things of many keys.
    const pattern = this.#patterns.get(path) ?? templatePattern(path)
    this.#patterns.set(path, pattern)
    return {
      run,
      at,
      method: String(line['method']),
      path: pattern,
      action: /[?&]Action=(\w+)/.exec(path)?.[1]?.toLowerCase(),
      request: plain(String(line['request'])),
      requestId: undefined,
    }
  }
}

function runIn(userAgent: string | undefined): string | undefined {
  return /\bafterleak\/\S+ \(run ([\w.:-]+)\)/.exec(userAgent ?? '')?.[1]
}

function near(call: Call, event: LogEvent): boolean {
  return Math.abs(call.at - event.at) <= slack
}

function isOperation({ method, path, action, request }: Call, event: LogEvent): boolean {
  if (event.call !== undefined) {
    const [verb, target = ''] = event.call.split(' ', 2)
    return verb === method && path.test(target)
  }
  return action === undefined ? plain(event.action) === request : event.action.toLowerCase() === action
}

function claims(call: Call, name: string): boolean {
  call.event ??= name
  return call.event === name
}

/** `/v1/users/{id}?limit=1` as a pattern of paths; logs may leave the query out. */
function templatePattern(template: string): RegExp {
  const [path = ''] = template.split('?', 1)
  const parts = path.split(/\{[^}]*\}/).map(text => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^/]+')}/?(?:\\?.*)?$`)
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
