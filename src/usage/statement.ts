import type { Verb } from '../model/usage.ts'

const words =
  /^(?:\s|\/\*[\s\S]{0,1000}?\*\/|--[^\n]*\n|\()*((?:create|alter|drop|grant|revoke|set|show|copy|rename)\s+\w+|[a-z]{2,20})\b/i

/** What a statement of SQL does: its first words, and nothing of what it holds, which can be a password. */
export function statement(text: string): { readonly action: string; readonly verb: Verb } {
  const action = (words.exec(text)?.[1] ?? 'statement').toUpperCase().replaceAll(/\s+/g, ' ')
  const named =
    /^(?:CREATE|ALTER|DROP|GRANT|REVOKE|SET|SHOW|RENAME) (?:USER|ROLE|TABLE|DATABASE|SCHEMA|EXTENSION|FUNCTION|VIEW|INDEX|POLICY|PASSWORD|TABLES|DATABASES|GRANTS|STAGE|INTEGRATION|WAREHOUSE)$/
  const short = named.test(action) ? action : (action.split(' ', 1)[0] ?? action)
  return { action: short, verb: verbOf(short) }
}

function verbOf(action: string): Verb {
  if (/^(?:GRANT|REVOKE|(?:CREATE|ALTER|DROP|SET) (?:USER|ROLE|PASSWORD|POLICY|INTEGRATION))/.test(action))
    return 'admin'
  if (/^(?:SELECT|SHOW|EXPLAIN|DESCRIBE|DESC|WITH|FETCH|TABLE|VALUES|LIST|GET|USE|UNLOAD)/.test(action)) return 'read'
  return 'write'
}
