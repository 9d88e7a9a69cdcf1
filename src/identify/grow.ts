import type { Candidate, Catalog } from '../catalog/catalog.ts'
import type { Credential, Part } from '../model/credential.ts'
import type { Finding } from '../model/finding.ts'
import type { Keyring } from '../model/keyring.ts'
import type { Secret } from '../model/secret.ts'
import type { Assigned } from './assign.ts'
import { byHand } from './by-hand.ts'
import { nowhere } from './exposure.ts'
import { inspect } from './inspect.ts'
import type { Recognised } from './recognise.ts'
import type { Growing, Settled } from './subject.ts'

/** What credentials are made with. */
export interface Tools {
  readonly catalog: Catalog
  readonly keyring: Keyring
  readonly fingerprint: Fingerprint
}

/** A keyed digest of a text and of secrets, in this order; short enough to be a name. */
export type Fingerprint = (label: string, secrets?: readonly Secret[]) => string

/** Makes the subject of a finding, with what can be told of it without asking. */
export function grow(finding: Finding, recognised: Recognised, tools: Tools): Growing {
  const { catalog, fingerprint } = tools
  const byUser = finding.provider !== undefined
  if (finding.redacted) {
    const [candidate] = finding.rule === undefined ? [] : catalog.byRule(finding.tool, finding.rule)
    const { file = '', line = '', commit = '' } = finding.place
    const id = `${candidate?.provider.id ?? 'unnamed'}-${fingerprint(['redacted', finding.tool, finding.rule, file, line, commit].join('\0'))}`
    const because =
      'The scanner wrote a mask instead of the secret. Let it write the value, or read it back with --source DIR.'
    return {
      ...unasked(id, candidate, '(redacted)', finding, byUser),
      settled: { state: 'skipped', reason: 'redacted', because },
    }
  }
  if (recognised.is === 'credential' || recognised.is === 'incomplete') {
    const { candidate, assigned } = recognised
    const { credential, settled } = credentialOf(candidate, assigned, tools, finding.hint)
    const { id, parts, facts, shown } = credential
    const publicPart = Object.values(parts).find(part => part.public)
    const draft = {
      id,
      provider: credential.provider,
      kind: credential.kind,
      name: candidate.provider.name,
      shown,
      facts,
      parts,
    }
    return {
      draft: recognised.is === 'credential' && settled === undefined ? { ...draft, credential } : draft,
      settled: settled ?? (recognised.is === 'incomplete' ? incomplete(candidate, recognised.missing) : undefined),
      known: { candidate, assigned },
      secrets: Object.values(parts).flatMap(part => (part.public ? [] : [part.secret])),
      publicPart: publicPart?.public === true ? publicPart.text : undefined,
      byUser,
      widest: nowhere(),
      last: 0,
      count: 0,
      joined: [],
    }
  }
  const texts = textsOf(finding)
  const [candidate] = recognised.is === 'malformed' ? recognised.candidates : []
  const digests = texts.map(text => fingerprint('', [text])).toSorted()
  const id = `${candidate?.provider.id ?? 'unnamed'}-${digests.length === 1 ? digests.join('') : fingerprint(digests.join(' '))}`
  const unknown = unasked(id, candidate, texts[0] === undefined ? '…' : String(texts[0]), finding, byUser)
  const parts = Object.fromEntries(texts.map(asFound))
  return { ...unknown, draft: { ...unknown.draft, parts }, settled: verdictOf(recognised, finding) }
}

/** A text of no known form; one that looks like the id of a key joins logs as it stands. */
function asFound(secret: Secret, index: number): readonly [name: string, part: Part] {
  return secret.digest(text =>
    /^[A-Z][A-Z0-9]{15,23}$/.test(text)
      ? [`text_${index}_key_id`, { public: true, text }]
      : [`text_${index}`, { public: false, secret }],
  )
}

/** A credential of these parts, and what settles it without asking. */
export function credentialOf(
  candidate: Candidate,
  assigned: Assigned,
  { catalog, keyring, fingerprint }: Tools,
  hint?: string,
): { readonly credential: Credential; readonly settled: Settled | undefined } {
  const { provider, id: kind } = candidate
  const parts: Record<string, Part> = {}
  for (const [name, secret] of Object.entries(assigned.parts)) parts[name] = partOf(candidate, name, secret, keyring)
  const { facts, settled } = inspect(candidate, assigned, catalog, hint)
  const id = `${provider.id}-${fingerprint(`${provider.id}\0${kind}`, Object.values(assigned.parts))}`
  return { credential: { id, provider: provider.id, kind, parts, facts, shown: shownOf(parts) }, settled }
}

function verdictOf(recognised: Recognised, { rule }: Finding): Settled {
  if (recognised.is === 'malformed') return { state: 'skipped', reason: 'malformed', because: recognised.because }
  if (recognised.is === 'disputed') return { state: 'unknown', reason: 'ambiguous_pair', because: recognised.because }
  const what = rule === undefined ? 'Nothing tells' : `The rule ${rule} does not tell`
  return {
    state: 'skipped',
    reason: 'no_validator',
    because: `${what} whose key this is. If you know: --provider NAME.`,
  }
}

/** What is said of a half. */
export function incomplete(candidate: Candidate, missing: readonly string[]): Settled {
  const { provider, kind } = candidate
  const names = missing.map(name => name.replaceAll('_', ' ')).join(' and ')
  const what = kind.name ?? 'key'
  return {
    state: 'skipped',
    reason: 'incomplete',
    because: `The ${names} of this ${provider.name} ${what} is missing; without it nothing can be asked. If you have it: ${byHand(candidate)}`,
  }
}

/** The value alone where there is one, as parts that a scanner cut out of it say nothing new; else every part. */
function textsOf({ value, parts }: Finding): readonly Secret[] {
  return value === undefined ? Object.values(parts ?? {}) : [value]
}

function unasked(
  id: string,
  candidate: Candidate | undefined,
  shown: string,
  finding: Finding,
  byUser: boolean,
): Omit<Growing, 'settled'> {
  const draft = {
    id,
    provider: candidate?.provider.id ?? null,
    kind: null,
    name: candidate?.provider.name ?? null,
    shown,
    facts: {},
  }
  return {
    draft,
    secrets: textsOf(finding),
    publicPart: undefined,
    byUser,
    widest: nowhere(),
    last: 0,
    count: 0,
    joined: [],
  }
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
  return (names.length > 0 ? names : all.map(part => (part.public ? part.text : String(part.secret))))
    .slice(0, 2)
    .join(' + ')
}
