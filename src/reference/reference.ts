import type { Secret } from '../model/secret.ts'
import type { AskingMeans, ReferenceMeans } from './means.ts'
import { readSecretFile } from './secret-file.ts'
import { UnresolvedReference } from './unresolved.ts'

/** Gives the secret behind a reference. Throws UnresolvedReference, whose message says what was tried and what to do. */
export type Resolve = (reference: string) => Promise<Secret>

/** The forms of references, for messages. */
export const referenceForms = 'env:NAME, file:PATH, aws-sm:NAME#KEY, vault:MOUNT/PATH#FIELD, conjur:ACCOUNT:variable:ID'

const remote = /^(?:aws-sm|vault|conjur):/

/** Whether it has the form of a reference. */
export function isReference(text: string): boolean {
  return /^(?:env|file|aws-sm|vault|conjur):/.test(text)
}

/** Whether reading it sends something. */
export function isRemote(reference: string): boolean {
  return remote.test(reference)
}

type Store = (rest: string) => Promise<Secret>

/** The references of one run: each is read once, and each store is signed in to once. */
export function openReferences(means: ReferenceMeans): Resolve {
  const read = new Map<string, Promise<Secret>>()
  const stores = new Map<string, Promise<Store>>()
  const fresh = async (reference: string): Promise<Secret> => {
    const [scheme, rest] = split(reference)
    if (scheme === 'env') return means.secret(fromEnvironment(rest, means))
    if (scheme === 'file') return means.secret(await readSecretFile(reference, rest, means.warn))
    const { connect } = means
    if (!isRemote(reference)) throw new UnresolvedReference(notAReference(reference))
    if (connect === undefined)
      throw new UnresolvedReference(
        `${scheme}:… was not read, as nothing is sent now. Leave out --dry-run or --no-touch, or take env:NAME or file:PATH.`,
      )
    const store = stores.get(scheme) ?? opened(scheme, { ...means, connect })
    stores.set(scheme, store)
    return (await store)(rest)
  }
  return reference => {
    const reading = read.get(reference) ?? fresh(reference)
    read.set(reference, reading)
    return reading
  }
}

/** Loaded when one is first named: most runs need none. */
async function opened(scheme: string, means: AskingMeans): Promise<Store> {
  if (scheme === 'vault') return (await import('./vault-secret.ts')).openVault(means)
  if (scheme === 'conjur') return (await import('./conjur-secret.ts')).openConjur(means)
  return (await import('./aws-secret.ts')).openSecretsManager(means)
}

function fromEnvironment(name: string, { environment }: ReferenceMeans): string {
  const value = environment[name]
  if (value === undefined || value === '')
    throw new UnresolvedReference(`env:${name}: there is no environment variable ${name}, or it is empty.`)
  return value
}

/** What to write instead; never what was written, but for its first word. */
export function notAReference(text: string): string {
  const [scheme] = split(text)
  if (scheme === 'op')
    return 'op:… is read by 1Password itself: op run -- afterleak … gives it as a variable of the environment, for env:NAME. https://developer.1password.com/docs/cli/reference/commands/run'
  const shown = /^[a-z][a-z-]{0,11}$/.test(scheme) ? `"${scheme}:…"` : 'This'
  return `${shown} is not a kind of reference. There are ${referenceForms}; a secret itself is never taken here, as arguments can be seen by others.`
}

function split(reference: string): readonly [string, string] {
  const at = reference.indexOf(':')
  return at < 0 ? ['', reference] : [reference.slice(0, at), reference.slice(at + 1)]
}
