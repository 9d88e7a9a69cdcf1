import type { CompiledProvider } from '../catalog/schema.ts'
import type { Case } from '../model/credential.ts'
import type { Client } from '../model/priority.ts'
import { firstPlace, whereFound } from './places.ts'
import { storePath, type Variable } from './snippet-names.ts'
import { count, moment, nameOf } from './words.ts'

/** One thing to do, how to see that it is done, and how to undo it. */
export interface Step {
  readonly do: string
  /** The provider's own steps, in order. */
  readonly details?: readonly string[]
  /** Pages, the one where it is done first. */
  readonly links?: readonly string[]
  /** For a shell; what is in capitals is for the reader to fill in. */
  readonly commands?: readonly string[]
  readonly expect: string
  readonly back: string
  /** Programs get a new key in this step. */
  readonly deploys?: true
}

type Book = CompiledProvider['revoke']

/** What to do, in the order in which it hurts least: rotate first where programs depend on the key, else take it away first. */
export function stepsFor(
  one: Case,
  provider: CompiledProvider | undefined,
  variables: readonly Variable[],
): readonly Step[] {
  const { verdict, priority } = one
  if (['canary', 'not_a_secret', 'out_of_scope'].includes(verdict.reason)) return []
  if (verdict.state === 'dead') return [lookBack(one), ...children(one), cleanUp(one)]
  if (provider === undefined) return [whose(one), cleanUp(one)]
  const revoke = revocation(provider.kinds[one.kind ?? '']?.revoke ?? provider.revoke, nameOf(one))
  const book = rotationOf(one.kind, provider)
  const clients = one.priority?.breaks ?? []
  const deploy = deployment(one, provider, variables, clients)
  const check = proof(one, provider, variables)
  const how = priority?.how ?? 'rotate_first'
  if (how === 'revoke_now')
    return [revoke, check, ...children(one), newKey(one, provider, book, false), deploy, lookBack(one), cleanUp(one)]
  if (how === 'revoke') return [revoke, check, lookBack(one), cleanUp(one)]
  if (book === undefined) return [readiness(one), revoke, deploy, check, lookBack(one), cleanUp(one)]
  return [newKey(one, provider, book, true), deploy, stillUsed(one), revoke, check, lookBack(one), cleanUp(one)]
}

function revocation({ where, steps, way_back, docs }: Book, name: string): Step {
  return {
    do: `Take the key away at ${name}.`,
    details: steps,
    links: where === docs ? [where] : [where, docs],
    expect: 'The key is gone from the page, or marked as revoked there.',
    back: way_back,
  }
}

/** How the provider describes a change of keys in which both work for a while; undefined where it describes none for this kind. */
export function rotationOf(kind: string | null, provider: CompiledProvider | undefined): Book | undefined {
  // A kind with its own way to be revoked has its own way to be made anew, too.
  return provider?.kinds[kind ?? '']?.revoke === undefined ? provider?.rotate : undefined
}

/** Before the old key goes, as the provider describes it; once it is gone only the making is left of that. */
function newKey(one: Case, provider: CompiledProvider, book: Book | undefined, waits: boolean): Step {
  return {
    do: `Make a new key, with only the rights that its programs need.${waits ? ' Leave the old one until step 4.' : ''}`,
    ...(waits && book !== undefined && { details: book.steps }),
    links: book === undefined ? [pageOf(one, provider)] : [...new Set([book.where, book.docs])],
    expect: 'The new key is shown once: put it into your secret store and nowhere else.',
    back: waits && book !== undefined ? book.way_back : 'Delete the new key again; nothing uses it yet.',
  }
}

/** Where a new key ends the old one, its programs must be known and ready before. */
function readiness({ priority }: Case): Step {
  const clients = priority?.breaks ?? []
  return {
    do: 'Find every program that uses it, and let each read it from a store, so that one change reaches all.',
    ...(clients.length > 0 && { details: clients.map(clientWords) }),
    expect: 'Each program is known, works as before, and takes a new key without a new release.',
    back: 'The old key still works: let a program read it as it did.',
  }
}

function deployment(
  one: Case,
  provider: CompiledProvider,
  variables: readonly Variable[],
  clients: readonly Client[],
): Step {
  const path = storePath(provider.id, one.kind ?? '')
  const names = variables.map(({ name }) => name).join(', ')
  return {
    do: `Give the new key to every program that has the old one${names === '' ? '' : `, as ${names}`}.`,
    ...(clients.length > 0 && { details: clients.map(clientWords) }),
    commands: [
      `vault kv put -mount=secret ${path} @new-key.json`,
      `aws secretsmanager put-secret-value --secret-id ${path} --secret-string file://new-key.json`,
    ],
    expect: 'Each program works with the new key in staging, then in production. Delete new-key.json.',
    // https://developer.hashicorp.com/vault/docs/commands/kv/rollback
    // https://docs.aws.amazon.com/secretsmanager/latest/userguide/roll-back-secret.html
    back: `The store keeps the version before: vault kv rollback -mount=secret -version=N ${path}, or aws secretsmanager update-secret-version-stage.`,
    deploys: true,
  }
}

function clientWords({ client, network, lastAt }: Client): string {
  return `${client} from ${network}, last seen ${moment(lastAt)}`
}

function pageOf(one: Case, provider: CompiledProvider): string {
  return provider.kinds[one.kind ?? '']?.revoke?.where ?? provider.revoke.where
}

function stillUsed({ priority }: Case): Step {
  const clients = priority?.breaks.length ?? 0
  return {
    do: 'See that nothing uses the old key any more.',
    commands: ['afterleak investigate REPORT --logs FILE'],
    expect:
      clients > 0
        ? `None of ${clients === 1 ? 'the client' : `the ${clients} clients`} above is seen with the old key after the change.`
        : 'No use of the old key after the change. Where no log can show it, ask its owners.',
    back: 'Nothing was changed.',
  }
}

function proof({ provider, kind, verdict }: Case, { kinds }: CompiledProvider, variables: readonly Variable[]): Step {
  if (kinds[kind ?? '']?.probe === undefined)
    return {
      do: 'See that it is gone. No call can tell, so look on the page of the step before.',
      expect: 'The key is not listed there any more, or listed as revoked.',
      back: 'Nothing was changed.',
    }
  const parts = variables.map(({ part, name }) => ` --part ${part}=env:OLD_${name}`).join('')
  return {
    do: 'See that it is dead, by the provider’s own word.',
    commands: [`afterleak check --provider ${provider ?? ''}${parts}`],
    expect: `DEAD 1, exit code 0. Some providers take minutes${verdict.reason === 'ip_restricted' ? '; ask from a listed address' : ''}: check twice.`,
    back: 'Nothing was changed.',
  }
}

function children({ misuse }: Case): readonly Step[] {
  const made = misuse?.children ?? []
  if (made.length === 0) return []
  return [
    {
      do: `Take away what was made with it: ${count(made.length, 'key')}.`,
      details: made,
      expect: 'None of them works; check each as in the step before.',
      back: 'As for the key itself.',
    },
  ]
}

function lookBack({ misuse, priority }: Case): Step {
  const since = priority?.exposedSince ?? priority?.since ?? misuse?.firstAt
  return {
    do: `Find out what was done with it${since === undefined ? '' : ` since ${moment(since)}`}, and undo it.`,
    commands: [
      `afterleak investigate REPORT --logs FILE${since === undefined ? '' : ` --since ${since.replace('.000Z', 'Z')}`}`,
    ],
    expect: 'Every session is one of your own, or you know what it did. Where a use can be seen stands below.',
    back: 'Nothing was changed.',
  }
}

function whose({ shown }: Case): Step {
  return {
    do: `Find out whose key ${shown} is: ask whoever wrote it there, and look at what stands beside it.`,
    commands: ['afterleak check --provider NAME'],
    expect: 'A provider’s name. afterleak providers lists those that can be asked.',
    back: 'Nothing was changed.',
  }
}

function cleanUp({ findings }: Case): Step {
  const first = firstPlace(findings)
  const where = first === undefined ? '' : whereFound(first)
  const from =
    where === ''
      ? 'where it leaked'
      : `${where}${findings.length > 1 ? ` and ${count(findings.length - 1, 'other place')}` : ''}`
  return {
    do: `Take it out of ${from}.`,
    expect:
      'The scanner that found it finds it no more. History, forks and caches keep it: only a dead key is safe there.',
    back: 'The commit before. Never rewrite a shared history before the key is dead.',
  }
}
