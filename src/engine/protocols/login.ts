import type { DatabaseProtocol } from '../../model/request.ts'
import type { Connection } from '../../model/verdict.ts'

/** A sign-in with its secrets in it: exists only between filling in and sending. */
export interface Login {
  readonly protocol: DatabaseProtocol
  readonly user: string
  readonly password: string
  readonly database: string
  /** What a connection string says behind its `?`, names in lower case. */
  readonly options: Readonly<Record<string, string>>
  /** The scheme asks for encryption from the first byte: `rediss:`, `mongodb+srv:`. */
  readonly encrypted: boolean
  /** The host stands for others that are looked up: `mongodb+srv:`. */
  readonly lookedUp: boolean
  /** The user let this host be asked without encryption. */
  readonly plain: boolean
  /** How we are called in the server's list of connections. */
  readonly agent: string
  /** An administrator asks who is connected, whoever it is. */
  readonly everybody?: true
  /** Held against what the server keeps of that user; never sent. */
  readonly compared?: { readonly user: string; readonly password: string }
}

/** What a server said, as rules of a provider's file see it. */
export interface Said {
  /** It accepted the password that it had asked for. */
  readonly accepted: boolean
  /** It let us in without asking for a password. */
  readonly open?: true
  /** How it asked: `scram-sha-256`, `mysql_native_password`. */
  readonly asked?: string
  /** Its error, in its own code. */
  readonly code?: string
  /** Who else is connected; absent where the server did not say. */
  readonly connections?: readonly Connection[] | undefined
  readonly [field: string]: string | boolean | readonly string[] | readonly Connection[] | undefined
}

/** The server spoke, and not as this protocol is spoken; or it asked for what is not given away. */
export class NotSpoken extends Error {
  override readonly name = 'NotSpoken'
  readonly kind: 'protocol' | 'tls'

  /** @param message goes on after the name of the host: `answered with something that is not PostgreSQL`. */
  constructor(message: string, kind: 'protocol' | 'tls' = 'protocol') {
    super(message)
    this.kind = kind
  }
}
