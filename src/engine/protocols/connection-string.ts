/** What a connection string says, apart from where it leads. */
export interface ConnectionString {
  readonly scheme: string
  readonly user: string
  readonly password: string
  readonly database: string
  /** Names in lower case. */
  readonly options: Readonly<Record<string, string>>
}

/**
 * Reads `scheme://user:password@host/database?options` as programs write it: the last `@` before the path ends the
 * password, escapes are undone where they are escapes; `jdbc:` strings hold user and password among the options.
 * undefined where there is no password. https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 */
export function readConnectionString(text: string): ConnectionString | undefined {
  const [, scheme = '', authority = '', path = '', query = ''] =
    /^(?:jdbc:)?([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(?:\/([^?#;]*))?(?:[?;]([^#]*))?/i.exec(text) ?? []
  if (scheme === '') return undefined
  const options: Record<string, string> = {}
  for (const pair of query.split(/[&;]/)) {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? []
    if (name !== '') options[unescaped(name).toLowerCase()] = unescaped(value)
  }
  const end = authority.lastIndexOf('@')
  const login = end === -1 ? '' : authority.slice(0, end)
  const colon = login.indexOf(':')
  const user = unescaped(colon === -1 ? login : login.slice(0, colon)) || (options['user'] ?? '')
  const password = colon === -1 ? options['password'] : unescaped(login.slice(colon + 1))
  if (password === undefined || password === '') return undefined
  return { scheme: scheme.toLowerCase(), user, password, database: unescaped(path), options }
}

function unescaped(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, run => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
}
