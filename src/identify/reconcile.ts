import type { Secret } from '../model/secret.ts'
import type { Growing } from './identify.ts'

/**
 * What one finding can't know of another: scanners that disagree about a secret are asked about, not sent; a secret that
 * a vague rule left without owner, or half of a pair, joins the credential that a better finding made of it.
 */
export function reconcile(subjects: readonly Growing[]): readonly Growing[] {
  const bySecret = new Map<Secret, Growing[]>()
  const byPublicPart = new Map<string, Growing>()
  for (const subject of subjects) {
    if (!isWhole(subject)) continue
    for (const secret of subject.secrets) bySecret.set(secret, [...(bySecret.get(secret) ?? []), subject])
    if (subject.publicPart !== undefined) byPublicPart.set(subject.publicPart, subject)
  }
  for (const claims of bySecret.values()) dispute(claims)
  return subjects.filter(subject => {
    const { settled, secrets, publicPart } = subject
    const [only, ...others] = secrets.flatMap(secret => bySecret.get(secret) ?? [])
    const owner =
      settled?.reason === 'no_validator' && others.length === 0 ? only
      : settled?.reason === 'incomplete' ? ((publicPart === undefined ? undefined : byPublicPart.get(publicPart)) ?? (others.length === 0 ? only : undefined))
      : undefined
    owner?.joined.push(subject)
    return owner === undefined
  })
}

function isWhole({ draft }: Growing): boolean {
  return draft.credential !== undefined
}

function dispute(claims: readonly Growing[]): void {
  const names = new Set(claims.map(({ draft }) => draft.name))
  if (names.size < 2 || claims.some(({ byUser }) => byUser)) return
  const because = `Scanners disagree whose key this is: ${[...names].join(' or ')}. Say which: --provider NAME`
  for (const claim of claims) claim.settled = { state: 'unknown', reason: 'ambiguous_pair', because }
}
