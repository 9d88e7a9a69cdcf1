import type { Secret } from '../model/secret.ts'
import type { Growing, Settled } from './subject.ts'

/**
 * What one finding can't know of another: scanners that disagree about a secret are asked about, not sent; a secret that
 * a vague rule left without owner, or half of a pair, joins the credential that a better finding made of it.
 */
export function reconcile(subjects: readonly Growing[]): readonly Growing[] {
  const whole = subjects.filter(({ draft }) => draft.credential !== undefined)
  const bySecret = claimsOn(whole)
  alarm(subjects)
  const outvoted = new Set([...claimsOn(subjects.filter(isClaim)).values()].flatMap(dispute))
  const byPublicPart = new Map(
    whole.filter(subject => !outvoted.has(subject)).map(subject => [subject.publicPart, subject]),
  )

  const ownerOf = ({ settled, secrets, publicPart }: Growing): Growing | undefined => {
    if (settled?.reason !== 'no_validator' && settled?.reason !== 'incomplete') return undefined
    const byPart = publicPart === undefined ? undefined : byPublicPart.get(publicPart)
    if (settled.reason === 'incomplete' && byPart !== undefined) return byPart
    const [only, ...others] = new Set(
      secrets.flatMap(secret => bySecret.get(secret) ?? []).filter(claim => !outvoted.has(claim)),
    )
    return others.length === 0 && secrets.every(secret => bySecret.has(secret)) ? only : undefined
  }
  return subjects.filter(subject => {
    const owner = ownerOf(subject)
    owner?.joined.push(subject)
    return owner === undefined && !outvoted.has(subject)
  })
}

/** A half is a claim too: what completes it would send it. */
function isClaim({ draft, settled, known }: Growing): boolean {
  return draft.credential !== undefined || (settled?.reason === 'incomplete' && known !== undefined)
}

function claimsOn(subjects: readonly Growing[]): Map<Secret, Growing[]> {
  const bySecret = new Map<Secret, Growing[]>()
  for (const subject of subjects)
    for (const secret of subject.secrets) {
      const claims = bySecret.get(secret)
      if (claims === undefined) bySecret.set(secret, [subject])
      else claims.push(subject)
    }
  return bySecret
}

/** What one scanner knew to be a decoy is one for everybody: by its secret or its key id. */
function alarm(subjects: readonly Growing[]): void {
  const decoys = new Map<Secret | string, Settled>()
  for (const { settled, secrets, publicPart } of subjects) {
    if (settled?.reason !== 'canary') continue
    for (const mark of [...secrets, ...(publicPart === undefined ? [] : [publicPart])]) decoys.set(mark, settled)
  }
  if (decoys.size === 0) return
  for (const subject of subjects) {
    const mark = [...subject.secrets, subject.publicPart ?? ''].find(each => decoys.has(each))
    subject.settled = (mark === undefined ? undefined : decoys.get(mark)) ?? subject.settled
  }
}

/** Settles what several providers claim; where the user has said whose it is, gives back the claims that go under with that. */
function dispute(claims: readonly Growing[]): readonly Growing[] {
  const names = new Set(claims.map(({ draft }) => draft.name))
  if (names.size < 2) return []
  const chosen = claims.find(({ byUser }) => byUser)
  if (chosen !== undefined) {
    const others = claims.filter(({ byUser, draft }) => !byUser && draft.name !== chosen.draft.name)
    chosen.joined.push(...others.filter(other => !chosen.joined.includes(other)))
    return others
  }
  const because = `Scanners disagree whose key this is: ${[...names].join(' or ')}. Say which: --provider NAME`
  for (const claim of claims)
    if (claim.settled?.reason !== 'canary') claim.settled = { state: 'unknown', reason: 'ambiguous_pair', because }
  return []
}
