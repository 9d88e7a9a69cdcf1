import { storeIn } from '../model/readership.ts'
import type { LogEvent } from './finish.ts'
import { arnOf, awsNames } from './secret-names.ts'

/** Where the key of one case is kept. */
export interface KeptKey {
  readonly credential: string
  /** `vault:kv/pay` */
  readonly store: string
}

/** Under what the reads of a case's key are filed, beside the uses of the key itself. */
export function readersOf(credential: string): string {
  return `readers of ${credential}`
}

/** Tells whose key was read where it is kept. */
export class Keepers {
  readonly #byName = new Map<string, KeptKey[]>()

  constructor(kept: readonly KeptKey[]) {
    for (const one of kept) {
      const { store } = one
      const names = store.startsWith('aws-sm:') ? awsNames(store.slice('aws-sm:'.length)) : [store]
      for (const name of names) {
        const known = this.#byName.get(name)
        if (known === undefined) this.#byName.set(name, [one])
        else known.push(one)
      }
    }
  }

  /** The keys that an event read, each once; none for events that read no secret. */
  of({ secrets, region, account }: LogEvent): readonly KeptKey[] {
    if (secrets === undefined || this.#byName.size === 0) return none
    const found = secrets.flatMap(name => this.#byName.get(name) ?? none)
    return [...new Set(found)].filter(({ store }) => {
      // A name is another secret in each Region and account.
      const arn = storeIn(store)?.kind === 'aws-sm' ? arnOf(store.slice('aws-sm:'.length)) : undefined
      return arn === undefined || (isSame(arn.region, region) && isSame(arn.account, account))
    })
  }
}

const none: readonly KeptKey[] = []

function isSame(one: string, other: string | undefined): boolean {
  return one === '' || other === undefined || one === other
}
