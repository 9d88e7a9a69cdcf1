import { type Variable, variablesIn } from '../env-variables.ts'
import type { Draft, TextFormat } from '../format.ts'

/** Words at the end of a name that say which part of a credential it is; what is before them names whose. */
const roles = new Set(
  (
    'ACCESS ACCOUNT API APP APPLICATION AUTH AUTHORIZATION BASE BUCKET CERT CLIENT CLOUD CONNECTION DATABASE DB DEFAULT ' +
    'DOMAIN EMAIL ENDPOINT ENV HOST HOSTNAME ID KEY KEYS LIVE LOGIN MODE NAME ORG ORGANIZATION PASS PASSPHRASE PASSWD ' +
    'PASSWORD PORT PRIVATE PROJECT PUBLIC PUBLISHABLE REGION SECRET SERVER SESSION SID SITE SSL STRING SUBDOMAIN TEAM ' +
    'TENANT TOKEN URI URL USER USERNAME VERSION WORKSPACE'
  ).split(' '),
)
const secretName = /SECRET|TOKEN|KEY|PASS|PWD|CREDENTIAL|AUTH|PRIVATE|DSN|SIGNING|WEBHOOK/i
const mostHeld = 10_000

/** A .env file. Variables of one owner (`AWS_…`, `TWILIO_…`) are the parts of one finding. */
export const env: TextFormat = {
  id: 'env',
  name: '.env',
  shape: 'text',
  knows(head, cut) {
    // Attributes of XML, one on each line.
    if (head.trimStart().startsWith('<')) return false
    const rows = head.split('\n')
    if (cut && rows.length > 1) rows.pop()
    const { variables, junk } = variablesIn(rows)
    return variables.length > junk && variables.some(({ value }) => value !== '' && !/^=+$/.test(value))
  },
  async *read(text, { file, notes }) {
    let rows: string[] = []
    let before = 0
    for await (const piece of text) {
      const lines = ((rows.pop() ?? '') + piece).split('\n')
      for (const line of lines) rows.push(line)
      if (rows.length < mostHeld) continue
      const last = rows.pop() ?? ''
      yield* findings(rows, before, file)
      before += rows.length
      rows = [last]
    }
    const { open } = yield* findings(rows, before, file)
    if (open !== undefined) notes.note(`has a quote at line ${open + before} that does not end.`, open + before)
  },
}

function* findings(
  rows: readonly string[],
  before: number,
  file: unknown,
): Generator<Draft, { open: number | undefined }> {
  const { variables, open } = variablesIn(rows)
  for (const group of grouped(variables.filter(({ value }) => says(value)))) {
    const telling =
      group.find(({ name }) => secretName.test(name)) ?? group.find(({ value }) => /^\S{16,}$/.test(value)) ?? group[0]
    if (telling === undefined || !group.some(mayBeSecret)) continue
    const place = { tool: 'env', rule: telling.name, file, line: telling.line + before }
    if (group.length === 1) yield { ...place, value: telling.value }
    else yield { ...place, parts: Object.fromEntries(group.map(({ name, value }) => [name, value])) }
  }
  return { open }
}

/** Not empty, and not a reference to another variable. */
function says(value: string): boolean {
  return value !== '' && !/^\$(?:\w+|\{[^}]*\})$/.test(value)
}

function mayBeSecret({ name, value }: Variable): boolean {
  if (/^(?:true|false|yes|no|on|off|null|\d{1,6})$/i.test(value)) return false
  if (/(?:^|[?&;])(?:sig|AccountKey|SharedAccess\w*)=/i.test(value)) return true
  return secretName.test(name) || /:\/\/[^/\s]*:[^/\s]*@/.test(value) || /^[^\s/]{16,}$/.test(value)
}

/** Siblings share what is before their roles: `AWS` of `AWS_ACCESS_KEY_ID`. The same name again begins a new group. */
function grouped(variables: readonly Variable[]): Variable[][] {
  const groups: Variable[][] = []
  const byOwner = new Map<string, Variable[]>()
  for (const variable of variables) {
    const owner = ownerOf(variable.name)
    const known = byOwner.get(owner)
    if (owner !== '' && known !== undefined && !known.some(({ name }) => name === variable.name)) {
      known.push(variable)
      continue
    }
    const group = [variable]
    groups.push(group)
    byOwner.set(owner, group)
  }
  return groups
}

function ownerOf(name: string): string {
  // The one family that joins its roles without a mark: https://www.postgresql.org/docs/current/libpq-envars.html
  if (/^PG(?:HOST|HOSTADDR|PORT|USER|PASSWORD|DATABASE|SSLMODE)$/i.test(name)) return 'PG'
  const words = name.toUpperCase().split(/[_.-]/)
  while (words.length > 0 && roles.has(words.at(-1) ?? '')) words.pop()
  const owner = words.join('_')
  if (owner !== '') return owner
  const [first = '', ...others] = name.toUpperCase().split('_')
  return first === 'DB' || first === 'DATABASE' ? (others.length > 0 ? first : '') : ''
}
