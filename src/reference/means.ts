import type { Warning } from '../model/finding.ts'
import type { Send } from '../model/request.ts'
import type { Secret } from '../model/secret.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What references are read with. */
export interface ReferenceMeans {
  readonly environment: Environment
  /** Takes a text into the run's keyring. */
  readonly secret: (text: string) => Secret
  readonly warn: (warning: Warning) => void
  /** The run's one way out, which for this store also trusts these PEM certificates. Absent where nothing may be sent. */
  readonly connect?: (certificates: readonly string[]) => Promise<Send>
}

/** Means of a run that may ask. */
export type AskingMeans = ReferenceMeans & Required<Pick<ReferenceMeans, 'connect'>>
