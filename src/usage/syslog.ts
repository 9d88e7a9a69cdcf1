import { moment, yearless } from './moment.ts'

/** A line of syslog, taken apart. */
export interface SyslogLine {
  /** Milliseconds; undefined where the line says `-`. */
  readonly at: number | undefined
  readonly host: string | undefined
  readonly app: string | undefined
  readonly msgid?: string
  /** `[auth@43868 user="…"]` as `auth@43868` → `user` → text. */
  readonly data: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly message: string
}

const modern = /^(?:<\d{1,3}>)?1 (\S+) (\S+) (\S+) (\S+) (\S+) (?=-|\[)/
const dated = /^(?:<\d{1,3}>)?(\d{4}-\d\d-\d\dT[\d:.,]+(?:Z|[+-]\d\d:?\d\d)) (\S+) ([^\s:[]+)(?:\[\d+\])?: /
const old = /^(?:<\d{1,3}>)?(\w{3} [ \d]\d \d\d:\d\d:\d\d) (\S+) ([^\s:[]+)(?:\[\d+\])?: /

/** RFC 5424 (https://www.rfc-editor.org/rfc/rfc5424#section-6), RFC 3164 and rsyslog's form with a full date; undefined for other lines. */
export function syslog(line: string, before: number, year: number | undefined): SyslogLine | undefined {
  const [head, time = '', host, app, , msgid] = modern.exec(line) ?? []
  if (head !== undefined) {
    const [data, message] = structured(line.slice(head.length))
    return {
      at: time === '-' || time === '*' ? undefined : moment(time),
      host: said(host),
      app: said(app),
      ...(msgid !== undefined && msgid !== '-' && { msgid }),
      data,
      message,
    }
  }
  const [whole, when = '', from, program] = dated.exec(line) ?? old.exec(line) ?? []
  if (whole === undefined) return undefined
  const at = /^\d/.test(when) ? moment(when) : yearless(when, before, year)
  return { at, host: from, app: program, data: {}, message: line.slice(whole.length) }
}

function said(word: string | undefined): string | undefined {
  return word === '-' || word === '*' ? undefined : word
}

/** The elements at the start of a text, and what follows them. */
function structured(text: string): [SyslogLine['data'], string] {
  const data: Record<string, Record<string, string>> = {}
  let rest = text
  for (;;) {
    const [element, id = '', parameters = ''] =
      /^\[([^\s\]"=]+)((?:\s+[^\s=\]"]+="(?:\\.|[^"\\])*")*)\s*\]/.exec(rest) ?? []
    if (element === undefined) return [data, rest.replace(/^-?\s*/, '')]
    const found: Record<string, string> = {}
    for (const [, name = '', value = ''] of parameters.matchAll(/([^\s=\]"]+)="((?:\\.|[^"\\])*)"/g))
      found[name] = value.replaceAll(/\\(["\\\]])/g, '$1')
    data[id] = found
    rest = rest.slice(element.length)
  }
}
