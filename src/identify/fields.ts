import { isRecord } from '../model/path.ts'

/** The longest text that is taken apart, in characters: a service account's file has some 2,400. */
const longest = 20_000

/**
 * The named texts that a found value is made of: a JSON object (a service account's file), a connection string
 * (`AccountName=…;AccountKey=…`), a line of .npmrc (`//HOST/:_authToken=…`), a Docker config with one registry.
 */
export function fieldsIn(text: string): readonly (readonly [name: string, text: string])[] {
  if (text.length > longest) return []
  const npmrc = /^\s*(\/\/[\w.-]+(?::\d+)?\/[\w./-]*):(_authToken|_auth)\s*=\s*"?([^\s"]+)"?\s*$/.exec(text)
  if (npmrc !== null)
    return [
      ['registry', npmrc[1] ?? ''],
      [npmrc[2] ?? '', npmrc[3] ?? ''],
    ]
  if (/^\s*\{/.test(text)) return inJson(text)
  if (!/^\s*[A-Za-z][\w ]*=[^;]*;\s*[A-Za-z][\w ]*=/.test(text)) return []
  return text.split(';').flatMap(pair => {
    const [, name, value] = /^\s*([A-Za-z][\w ]*?)\s*=(.*)$/s.exec(pair) ?? []
    return name === undefined || value === undefined || value === '' ? [] : [[name, value.trim()] as const]
  })
}

/** A line that gives one value a name, as scanners show it: `AWS_SECRET_ACCESS_KEY = "…"`, `"api_key": "…",`. */
export function assignmentIn(text: string): { readonly name: string; readonly value: string } | undefined {
  const line = /^\s*(?:export\s+)?(["']?)([A-Za-z_][\w.-]{1,80})\1\s*(?:=|:=?)\s*(["']?)([^\s"']{4,400})\3[,;]?\s*$/
  const [, , name, , value] = line.exec(text) ?? []
  return name === undefined || value === undefined ? undefined : { name, value }
}

function inJson(text: string): readonly (readonly [string, string])[] {
  try {
    const parsed: unknown = JSON.parse(text)
    if (!isRecord(parsed)) return []
    const [registry, ...others] = isRecord(parsed['auths']) ? Object.entries(parsed['auths']) : []
    if (registry !== undefined && others.length === 0 && isRecord(registry[1]))
      return [['registry', registry[0]], ...strings(registry[1])]
    return strings(parsed)
  } catch {
    return []
  }
}

function strings(record: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  return Object.entries(record).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' ? [[name, value] as const] : [],
  )
}
