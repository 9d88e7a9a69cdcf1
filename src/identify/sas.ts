/** What a shared access signature may be for: https://learn.microsoft.com/en-us/rest/api/storageservices/create-service-sas */
const resources: Readonly<Record<string, string>> = {
  b: 'blob',
  bv: 'blob version',
  bs: 'blob snapshot',
  c: 'container',
  d: 'directory',
  f: 'file',
  s: 'share',
}

/**
 * What a shared access signature of Azure Storage says of itself: for what it is, what it permits, from when, until
 * when, from where; and the address in front of it, where there is one. It is signed, so all of it is true if it works.
 */
export function sasFields(text: string): Readonly<Record<string, string>> {
  const query = new URLSearchParams(text.replace(/^[^?]*\?/, ''))
  const facts: Record<string, string> = {}
  const say = (name: string, value: string | null | undefined): void => {
    if (value !== null && value !== undefined && value !== '') facts[name] = value.slice(0, 200)
  }
  say('resource', query.has('srt') ? 'account' : resources[query.get('sr') ?? ''])
  say('permissions', query.get('sp'))
  say('services', query.get('ss'))
  say('stored_policy', query.get('si'))
  say('allowed_addresses', query.get('sip'))
  say('expires_at', dated(query.get('se')))
  say('starts_at', dated(query.get('st')))
  say('signed_by', query.get('skoid') === null ? undefined : 'user delegation key')
  const [, container, blob] = /^https:\/\/[^/?]+\/([^/?]+)(?:\/([^?]*))?\?/.exec(text) ?? []
  say('container', plain(container))
  say('blob', plain(blob))
  return facts
}

/** A date without a time means its first moment, in UTC. */
function dated(text: string | null): string | undefined {
  const at = Date.parse(text ?? '')
  return Number.isFinite(at) ? new Date(at).toISOString() : undefined
}

/** As it was before it stood in an address; what can't be decoded stays as it is. */
function plain(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch {
    return text
  }
}
