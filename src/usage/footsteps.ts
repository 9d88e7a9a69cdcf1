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

/** How far the provider's clock may be from ours. */
const slack = 5 * 60_000

/**
 * What we sent ourselves, by our ledgers. An event is ours only by a line of a ledger: by the provider's id of the
 * request, or by the run in its user agent, its time and its operation. A user agent alone proves nothing.
 */
export class Footsteps {
  readonly #byRequest = new Map<string, Call>()
  readonly #byRun = new Map<string, Call[]>()

  /** Takes over one ledger; may be asked again for colleagues' ones. */
  async take(lines: AsyncIterable<LedgerLine>): Promise<void> {
    let run = ''
    const sent = new Map<number, Call>()
    for await (const line of lines) {
      if (line.type === 'run') run = String(line['run'])
      else if (line.type === 'sent') {
        const call = callOf(line, run)
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
    const run = /\bafterleak\/\S+ \(run ([\w.:-]+)\)/.exec(event.userAgent ?? '')?.[1]
    const calls = (run === undefined ? undefined : this.#byRun.get(run)) ?? []
    return calls
      .filter(each => each.requestId === undefined || event.requestId === undefined)
      .filter(each => near(each, event) && isOperation(each, event))
      .toSorted((a, b) => Math.abs(a.at - event.at) - Math.abs(b.at - event.at))
      .some(each => claims(each, name))
  }
}

function callOf(line: LedgerLine, run: string): Call | undefined {
  const at = Date.parse(line.at ?? '')
  const path = line['path']
  if (Number.isNaN(at) || typeof path !== 'string') return undefined
  return {
    run,
    at,
    method: String(line['method']),
    path: templatePattern(path),
    action: /[?&]Action=(\w+)/.exec(path)?.[1]?.toLowerCase(),
    request: plain(String(line['request'])),
    requestId: undefined,
  }
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
