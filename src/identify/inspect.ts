import type { Candidate, Catalog } from '../catalog/catalog.ts'
import { holds } from '../model/match.ts'
import type { Assigned } from './assign.ts'
import { awsAccount, checksumHolds, isPrivateKey, jwtClaims, sentryOrganization } from './offline.ts'
import { sasFields } from './sas.ts'
import type { Settled } from './subject.ts'

/** A text that decoys carry in what scanners write about them. */
const decoyWords = /canarytoken|canary\.tools|honeytoken/i
/** Characters that only a mask is made of, over its whole length behind the prefix. */
const mask = /(?:^|[_.-])(?:[xX*.#]{8,}|0{12,})$/

/** What can be told without asking anyone: facts, and for some values everything that needs to be known. */
export function inspect(
  { provider, kind }: Candidate,
  { parts, facts: said }: Assigned,
  catalog: Catalog,
  hint = '',
): { readonly facts: Readonly<Record<string, string>>; readonly settled?: Settled } {
  const facts: Record<string, string> = { ...said }
  for (const [name, secret] of Object.entries(parts)) {
    const tells = kind.parts[name]?.tells
    if (tells === 'jwt') Object.assign(facts, secret.digest(jwtClaims))
    if (tells === 'azure-sas') Object.assign(facts, secret.digest(sasFields))
    if (tells === 'sentry-organization') Object.assign(facts, secret.digest(sentryOrganization))
    if (tells === 'aws-account') {
      const account = secret.digest(awsAccount)
      if (account !== undefined) facts['account'] = account
    }
  }
  const settle = (state: Settled['state'], reason: Settled['reason'], because: string) => ({
    facts,
    settled: { state, reason, because },
  })

  for (const { when, because } of provider.canary ?? [])
    if (Object.entries(when).every(([name, condition]) => holds(condition, facts[name])))
      return settle('skipped', 'canary', because)
  if (decoyWords.test(hint))
    return settle('skipped', 'canary', 'The scanner wrote that this is a decoy: touching it alarms its owner.')

  for (const [name, secret] of Object.entries(parts)) {
    const part = kind.parts[name]
    const is = (pattern: string | undefined): boolean =>
      pattern !== undefined && secret.fits(catalog.matcher(provider.id, pattern)) !== undefined
    if (is(part?.placeholder) || secret.digest(text => mask.test(text)))
      return settle(
        'skipped',
        'not_a_secret',
        `A placeholder: ${provider.name}'s documentation or a mask has this value.`,
      )
    if (is(part?.lookalike))
      return settle(
        'unknown',
        'ambiguous_pair',
        `Other providers' keys have this very form, so it is not sent to ${provider.name}.`,
      )
    if (part?.checksum === 'crc32-base62' && !secret.digest(checksumHolds))
      return settle('skipped', 'malformed', 'Its checksum does not hold: cut off, mistyped or made up.')
    if (part?.checksum === 'private-key' && !secret.digest(isPrivateKey))
      return settle('skipped', 'malformed', 'It is not a whole private key: cut off, encrypted, mistyped or made up.')
  }
  if (facts['algorithm']?.toLowerCase() === 'none')
    return settle('skipped', 'not_a_secret', 'It is not signed (alg: none): anybody could write one like it.')
  const expired = facts['expires_at']
  if (expired !== undefined && Date.parse(expired) < Date.now())
    return settle('dead', 'expired', `It says itself that it expired on ${expired.slice(0, 10)}.`)
  const starts = facts['starts_at']
  if (starts !== undefined && Date.parse(starts) > Date.now())
    return settle('skipped', 'no_check', `It says itself that it works from ${starts} on. Check it again then.`)
  return { facts }
}
