import { createHmac } from 'node:crypto'
import type { Candidate, Catalog } from '../catalog/catalog.ts'
import type { Credential, Part, Sightings } from '../model/credential.ts'
import type { Finding } from '../model/finding.ts'
import type { Keyring } from '../model/keyring.ts'
import type { Secret } from '../model/secret.ts'
import type { Reason, State } from '../model/verdict.ts'
import type { Places } from '../store/places.ts'
import { inspect } from './inspect.ts'
import { reconcile } from './reconcile.ts'
import { recognise, type Recognised } from './recognise.ts'

/** A verdict that needs no question to anybody. */
export interface Settled {
  readonly state: State
  readonly reason: Reason
  readonly because: string
}

/** A distinct secret with all its places: to be asked about, or settled already. */
export interface Subject {
  readonly id: string
  readonly provider: string | null
  readonly kind: string | null
  readonly name: string | null
  readonly shown: string
  readonly facts: Readonly<Record<string, string>>
  readonly findings: Sightings
  readonly credential?: Credential
  readonly settled?: Settled
}

export interface IdentifyOptions {
  readonly catalog: Catalog
  readonly keyring: Keyring
  readonly places: Places
  /** The local key under which ids are made. */
  readonly fingerprintKey: Buffer
}

/** While findings come in: a subject with the chain of its places. */
export interface Growing {
  readonly draft: Omit<Subject, 'findings' | 'settled'>
  settled: Settled | undefined
  readonly secrets: readonly Secret[]
  /** A public part (a key id) by which an incomplete credential finds its whole one. */
  readonly publicPart: string | undefined
  readonly byUser: boolean
  last: number
  count: number
  /** What turned out to be the same secret. */
  readonly joined: Growing[]
}

/** Findings in, one subject out for each distinct secret, with every place kept. Reads them all before it answers. */
export async function identify(findings: AsyncIterable<Finding>, { catalog, keyring, places, fingerprintKey }: IdentifyOptions): Promise<readonly Subject[]> {
  const subjects = new Map<string, Growing>()
  const seen = new Map<string, Growing>()
  const numbers = new Map<Secret, number>()
  const numberOf = (secret: Secret): number => {
    const known = numbers.get(secret)
    if (known !== undefined) return known
    numbers.set(secret, numbers.size)
    return numbers.size - 1
  }
  const fingerprint = (text: string): string => createHmac('sha256', fingerprintKey).update(text).digest('hex').slice(0, 16)

  for await (const finding of findings) {
    const signature = signatureOf(finding, numberOf)
    let subject = signature === undefined ? undefined : seen.get(signature)
    if (subject === undefined) {
      const made = grow(finding, recognise(finding, catalog, keyring), { catalog, keyring, fingerprint })
      subject = subjects.get(made.draft.id) ?? made
      if (made.settled?.reason === 'canary') subject.settled = made.settled
      subjects.set(made.draft.id, subject)
      if (signature !== undefined) seen.set(signature, subject)
    }
    const { place, tool, rule, prior } = finding
    const sighting = { scanner: tool, ...(rule !== undefined && { rule }), ...place, ...(prior !== undefined && { prior }) }
    subject.last = places.add(sighting, subject.last)
    subject.count += 1
  }
  return reconcile([...subjects.values()]).map(subject => ({
    ...subject.draft,
    ...(subject.settled !== undefined && { settled: subject.settled }),
    findings: places.list([subject, ...subject.joined]),
  }))
}

/** Findings alike in this are the same secret; recognising one is enough. */
function signatureOf({ provider = '', tool, rule = '', value, parts, redacted, hint = '' }: Finding, numberOf: (secret: Secret) => number): string | undefined {
  if (redacted) return undefined
  const first = `${tool}\n${rule}\n${provider}\n${hint}\n${value === undefined ? '' : numberOf(value)}`
  return parts === undefined ? first : `${first}\n${Object.entries(parts).map(([name, secret]) => `${name}=${numberOf(secret)}`).join('\n')}`
}

interface Tools {
  readonly catalog: Catalog
  readonly keyring: Keyring
  readonly fingerprint: (text: string) => string
}

function grow(finding: Finding, recognised: Recognised, { catalog, keyring, fingerprint }: Tools): Growing {
  const byUser = finding.provider !== undefined
  if (finding.redacted) {
    const [candidate] = finding.rule === undefined ? [] : catalog.byRule(finding.tool, finding.rule)
    const { file = '', line = '', commit = '' } = finding.place
    const id = `${candidate?.provider.id ?? 'unnamed'}-${fingerprint(['redacted', finding.tool, finding.rule, file, line, commit].join('\0'))}`
    const because = 'The scanner wrote a mask instead of the secret. Let it write the value, or check it where it was found.'
    return { ...unasked(id, candidate, '(redacted)', finding, byUser), settled: { state: 'skipped', reason: 'redacted', because } }
  }
  if (recognised.is === 'credential' || recognised.is === 'incomplete') {
    const { candidate, assigned } = recognised
    const { provider, id: kind } = candidate
    const parts: Record<string, Part> = {}
    for (const [name, secret] of Object.entries(assigned.parts)) parts[name] = partOf(candidate, name, secret, keyring)
    const { facts, settled } = inspect(candidate, assigned, finding.hint)
    const id = `${provider.id}-${Object.values(assigned.parts).reduce((text, secret, index) => fingerprint(`${text}\0${index}\0${secret.digest(fingerprint)}`), `${provider.id}\0${kind}`)}`
    const publicPart = Object.values(parts).find(part => part.public)
    const credential: Credential = { id, provider: provider.id, kind, parts, facts, shown: shownOf(parts) }
    const draft = { id, provider: provider.id, kind, name: provider.name, shown: credential.shown, facts }
    return {
      draft: recognised.is === 'credential' && settled === undefined ? { ...draft, credential } : draft,
      settled: settled ?? (recognised.is === 'incomplete' ? incomplete(candidate, recognised.missing) : undefined),
      secrets: Object.values(parts).flatMap(part => (part.public ? [] : [part.secret])),
      publicPart: publicPart?.public === true ? publicPart.text : undefined,
      byUser,
      last: 0,
      count: 0,
      joined: [],
    }
  }
  const value = finding.value ?? Object.values(finding.parts ?? {})[0]
  const [candidate] = recognised.is === 'malformed' ? recognised.candidates : []
  const id = `${candidate?.provider.id ?? 'unnamed'}-${value === undefined ? fingerprint('') : value.digest(fingerprint)}`
  return { ...unasked(id, candidate, value === undefined ? '…' : String(value), finding, byUser), settled: verdictOf(recognised, finding) }
}

function verdictOf(recognised: Recognised, { rule }: Finding): Settled {
  if (recognised.is === 'malformed') return { state: 'skipped', reason: 'malformed', because: recognised.because }
  if (recognised.is === 'disputed') return { state: 'unknown', reason: 'ambiguous_pair', because: recognised.because }
  const what = rule === undefined ? 'Nothing tells' : `The rule ${rule} does not tell`
  return { state: 'skipped', reason: 'no_validator', because: `${what} whose key this is. If you know: --provider NAME.` }
}

function incomplete({ provider, kind }: Candidate, missing: readonly string[]): Settled {
  const names = missing.map(name => name.replaceAll('_', ' ')).join(' and ')
  const what = kind.name ?? 'key'
  return { state: 'skipped', reason: 'incomplete', because: `The ${names} of this ${provider.name} ${what} is missing; without it nothing can be asked.` }
}

function unasked(id: string, candidate: Candidate | undefined, shown: string, { value }: Finding, byUser: boolean): Omit<Growing, 'settled'> {
  const draft = { id, provider: candidate?.provider.id ?? null, kind: null, name: candidate?.provider.name ?? null, shown, facts: {} }
  return { draft, secrets: value === undefined ? [] : [value], publicPart: undefined, byUser, last: 0, count: 0, joined: [] }
}

function partOf({ kind }: Candidate, name: string, secret: Secret, keyring: Keyring): Part {
  if (!kind.parts[name]?.public) return { public: false, secret }
  return secret.digest(text => {
    keyring.allow(text)
    return { public: true, text }
  })
}

function shownOf(parts: Readonly<Record<string, Part>>): string {
  const all = Object.values(parts)
  const names = all.filter(part => part.public).map(({ text }) => text)
  return (names.length > 0 ? names : all.map(part => (part.public ? part.text : String(part.secret)))).slice(0, 2).join(' + ')
}
