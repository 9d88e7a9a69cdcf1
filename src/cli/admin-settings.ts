import type { AdminSettings } from '../composition/admins.ts'
import type { Config } from '../config/config.ts'
import { UsageError } from './terminal.ts'

/** Administrators' credentials of the configuration file and of `--admin PROVIDER[.PART]=…`, which wins. */
export function adminSettings(options: readonly string[], config: Config['admin'] = {}): AdminSettings {
  const admins = new Map<string, Map<string, string>>()
  const set = (provider: string, part: string, value: string): void => {
    const parts = admins.get(provider) ?? new Map<string, string>()
    admins.set(provider, parts.set(part, value))
  }
  for (const [provider, given] of Object.entries(config))
    for (const [part, value] of typeof given === 'string' ? [['', given] as const] : Object.entries(given))
      set(provider, part, value)
  for (const option of options) {
    const [, provider, part = '', value] = /^([a-z][a-z0-9-]*)(?:\.([a-z][a-z0-9_]*))?=(.+)$/s.exec(option) ?? []
    if (provider === undefined || value === undefined)
      throw new UsageError(
        '--admin: write it as PROVIDER=REFERENCE, for example github=env:AUDIT_TOKEN, and further parts as github.org=acme',
      )
    set(provider, part, value)
  }
  return admins
}
