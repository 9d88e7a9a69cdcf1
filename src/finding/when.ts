const utc = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/
const zoned =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?\s*(?:Z|UTC|GMT|([+-])(\d\d):?(\d\d)(?:\s+\S+)?)?(?:\s+UTC)?$/
const epoch = /^(\d{10}|\d{13})(?:\.\d+)?(?: [+-]\d{4})?$/
const named =
  /^(?:\w{3},? )?(?:\d{1,2} \w{3}|\w{3} \d{1,2}) (?:\d{4} )?\d\d:\d\d(?::\d\d)?(?: \d{4})? (?:GMT|UTC|Z|[+-]\d{4})$/

const known = new Map<string, string>()
const earliest = Date.UTC(1990, 0)
const latest = Date.UTC(2200, 0)

/**
 * A scanner's date as ISO 8601 in UTC; undefined where it cannot be told. Reads ISO, Go's `2022-06-16 10:17:40 -0700 PDT`,
 * Git's `1678401216 +0100` and e-mail's form; a time without a zone is taken as UTC. A finding's neighbours often share
 * a commit, so the last few thousand are remembered.
 */
export function when(text: string): string | undefined {
  if (text.length === 20 && utc.test(text) && text > '1990') return text
  if (text.length > 60) return undefined
  let found = known.get(text)
  if (found !== undefined) return found === '' ? undefined : found
  if (known.size > 4096) known.clear()
  found = parsed(text)
  known.set(text, found ?? '')
  return found
}

function parsed(text: string): string | undefined {
  const time = moment(text)
  if (time === undefined || !(time > earliest && time < latest)) return undefined
  return new Date(time).toISOString().replace('.000Z', 'Z')
}

function moment(text: string): number | undefined {
  const parts = zoned.exec(text)
  if (parts !== null) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
      .slice(1, 7)
      .map(part => Number(part ?? 0))
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return undefined
    const ahead = (Number(parts[8] ?? 0) * 60 + Number(parts[9] ?? 0)) * (parts[7] === '-' ? -1 : 1)
    return Date.UTC(year, month - 1, day, hour, minute - ahead, second)
  }
  const seconds = epoch.exec(text)?.[1]
  if (seconds !== undefined) return Number(seconds) * (seconds.length === 10 ? 1000 : 1)
  return named.test(text) ? Date.parse(text) : undefined
}
