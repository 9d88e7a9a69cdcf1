import { createHash } from 'node:crypto'
import type { Case, Parts } from '../model/credential.ts'
import type { Join } from '../model/usage.ts'
import type { LogEvent } from './finish.ts'
import type { LogFormat } from './format.ts'

/** All by which events of one credential are found in logs. */
export interface JoinKeys {
  /** The case's id. */
  readonly credential: string
  /** The provider's id; null joins logs of any. */
  readonly provider: string | null
  /** Key ids and token ids, as logs write them. */
  readonly ids: readonly string[]
  /** Documented hashes of the key, as logs write them. */
  readonly hashes: readonly string[]
  /** Names that the user gave: they join whatever names no key. */
  readonly named: readonly string[]
  /** Who the key acts as, by its provider: ARN, login, e-mail address. For logs that name no key, and keys whose id is not known. */
  readonly principals: readonly string[]
  /** For logs that name neither. */
  readonly accounts: readonly string[]
}

/** How one event belongs to one credential. */
export interface Joined {
  readonly credential: string
  readonly uid: string
  readonly match: Join
  /** The key that made this one. */
  readonly parent?: string
}

/** What providers call the key itself; a bare `id` is mostly the owner's. */
const keyNames = /(?:key|token|secret|credential)_?id$|^(?:accessor|jti)$/
const principalNames =
  /^(?:arn|user|user_?id|user_?name|login|email|owner|account_id|bot_?id|app_?id|application|client_?id|client_?email|principal|role|subject|sub|service_?account)$/
const accountNames =
  /^(?:account|account_?s?id|organi[sz]ation|org|org_?id|team|team_?id|tenant|tenant_?id|project|project_?id|workspace)$/

/**
 * What a case tells a log by. Hashes are those that logs document: GitHub's `hashed_token` is base64 of SHA-256
 * (https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/identifying-audit-log-events-performed-by-an-access-token),
 * others write it in hex. `more` are names and hashes that the user gives, as Vault's `hmac-sha256:…` of sys/audit-hash.
 */
export function joinKeysOf(
  { id, provider, facts, verdict: { identity = {} } }: Pick<Case, 'id' | 'provider' | 'facts' | 'verdict'>,
  parts: Parts = {},
  more: { readonly principals?: readonly string[]; readonly hashes?: readonly string[] } = {},
): JoinKeys {
  const shown = Object.entries(parts).map(([name, part]) => [name, part.public ? part.text : ''] as const)
  const said = [...shown, ...Object.entries(facts), ...Object.entries(identity)]
  const under = (names: RegExp): readonly string[] => [
    ...new Set(said.filter(([name, value]) => names.test(name) && value !== '').map(([, value]) => value)),
  ]
  const hashes = new Set(more.hashes)
  for (const part of Object.values(parts))
    if (!part.public) for (const hash of part.secret.digest(hashesOf)) hashes.add(hash)
  return {
    credential: id,
    provider,
    ids: under(keyNames),
    hashes: [...hashes],
    named: more.principals ?? [],
    principals: under(principalNames),
    accounts: under(accountNames),
  }
}

function hashesOf(secret: string): readonly string[] {
  const digest = createHash('sha256').update(secret).digest()
  return [digest.toString('base64'), digest.toString('hex')]
}

const none: readonly Joined[] = []

/** Tells whose events are whose in the logs of one provider. */
export class Joiner {
  readonly #exact = new Map<string, Joined[]>()
  readonly #principals = new Map<string, Joined[]>()
  readonly #accounts = new Map<string, Joined[]>()
  /** Credentials that no line of these logs can name by key, as what it would be called is not known. */
  readonly #nameless = new Set<string>()
  /** Whom a line concerns that names nobody, in a log of one account. */
  readonly #everybody: Joined[] = []
  /** Each line names its key by a hash that is documented, and so is known of every key. */
  readonly #hashed: boolean

  constructor(all: readonly JoinKeys[], { providers, keyed, coverage }: LogFormat) {
    this.#hashed = keyed === 'hash'
    const own = all.filter(({ provider }) => provider === null || isOf(provider, providers))
    for (const { credential, provider, ids, hashes, named, principals, accounts } of own) {
      const nameless = (keyed === 'hash' ? hashes : ids).length === 0
      if (nameless) this.#nameless.add(credential)
      if (providers !== undefined && provider !== null && coverage.covers === 'account')
        this.#everybody.push({ credential, uid: accounts[0] ?? provider, match: 'account' })
      for (const uid of [...ids, ...hashes]) put(this.#exact, uid, { credential, uid, match: 'exact' })
      for (const uid of nameless || keyed === undefined ? [...named, ...principals] : named)
        put(this.#principals, uid.toLowerCase(), { credential, uid, match: 'principal' })
      // Where a log names keys, a line without one is not made with a key whose name is known: it is a service's, or a password's.
      if (nameless || keyed === undefined)
        for (const uid of accounts) put(this.#accounts, uid, { credential, uid, match: 'account' })
    }
  }

  /** Nothing in these logs can belong to anybody that is asked for. */
  get #idle(): boolean {
    return this.#exact.size + this.#principals.size + this.#accounts.size + this.#everybody.length === 0
  }

  /**
   * The credentials of an event. One that names its key belongs to that key alone: another key of the same user is
   * another key.
   */
  of({ keys, principals, account, whose }: LogEvent): readonly Joined[] {
    if (whose !== undefined) return this.#hashed && keys.length > 0 ? whose.filter(one => this.#isOf(one, keys)) : whose
    if (this.#idle) return none
    for (const key of keys) {
      const found = this.#exact.get(key)
      if (found !== undefined) return found
    }
    const open = (one: Joined): boolean => keys.length === 0 || this.#nameless.has(one.credential)
    for (const principal of principals) {
      const found = this.#principals.get(principal.toLowerCase())?.filter(open) ?? []
      if (found.length > 0) return found
    }
    if (keys.length > 0 || principals.length > 0) return none
    return account === undefined ? this.#everybody : (this.#accounts.get(account) ?? none)
  }

  /** A next page can forget what was asked for (GitHub documents links without it): the hash in each event remembers. */
  #isOf({ credential }: Joined, hashes: readonly string[]): boolean {
    return hashes.some(hash => this.#exact.get(hash)?.some(known => known.credential === credential))
  }

  /** From now on events of this key are its parent's. `false`: that was known. */
  adopt(child: string, { credential, uid }: Joined): boolean {
    if (this.#exact.get(child)?.some(known => known.credential === credential) === true) return false
    put(this.#exact, child, { credential, uid: child, match: 'exact', parent: uid })
    return true
  }
}

/** Whether a log is of a provider: `azure` has those of `azure-storage`, and one that names none has those of all. */
export function isOf(provider: string, providers: readonly string[] | undefined): boolean {
  return providers === undefined || providers.some(each => provider === each || provider.startsWith(`${each}-`))
}

function put(map: Map<string, Joined[]>, key: string, joined: Joined): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [joined])
  else if (!known.some(({ credential }) => credential === joined.credential)) known.push(joined)
}
