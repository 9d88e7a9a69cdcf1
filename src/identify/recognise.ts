import type { Candidate, Catalog } from '../catalog/catalog.ts'
import type { Finding } from '../model/finding.ts'
import type { Keyring } from '../model/keyring.ts'
import type { Secret } from '../model/secret.ts'
import { type Assigned, assign } from './assign.ts'

/** What a finding turned out to be. */
export type Recognised =
  | { readonly is: 'credential'; readonly candidate: Candidate; readonly assigned: Assigned }
  | {
      readonly is: 'incomplete'
      readonly candidate: Candidate
      readonly assigned: Assigned
      readonly missing: readonly string[]
    }
  | { readonly is: 'malformed'; readonly candidates: readonly Candidate[]; readonly because: string }
  | { readonly is: 'disputed'; readonly because: string }
  | { readonly is: 'nobodys' }

/**
 * A secret goes to a provider only if the scanner's rule and the provider's pattern agree, or the form is
 * unmistakable, or the user says so. Anything less is nobody's.
 */
export function recognise(finding: Finding, catalog: Catalog, keyring: Keyring): Recognised {
  const { provider: word, tool, rule } = finding
  if (word !== undefined) {
    const provider = catalog.byWord(word)
    if (provider === undefined)
      return {
        is: 'malformed',
        candidates: [],
        because: `No provider is called "${word}". afterleak providers lists them.`,
      }
    return best(catalog.kindsOf(provider), finding, keyring) ?? unlike(catalog.kindsOf(provider))
  }
  const named = rule === undefined ? [] : catalog.byRule(tool, rule)
  const byRule = best(named, finding, keyring)
  // Where a text holds keys of several, the one that the rule means comes first.
  const meant = (candidate: Candidate): number => Number(named.some(({ provider }) => provider === candidate.provider))
  const byForm = formCandidates(finding, catalog).toSorted((a, b) => meant(b) - meant(a))
  // Mostly both lead to one kind, which was tried already.
  const isSame = byForm.length === 1 && byRule !== undefined && byForm[0] === byRule.candidate
  const byItself = isSame ? byRule : best(byForm, finding, keyring)

  if (byItself !== undefined && 'candidate' in byItself) {
    const { provider } = byItself.candidate
    const rival = provider.confused_with?.find(other => rule?.toLowerCase().includes(other))
    if (rival !== undefined && !named.some(candidate => candidate.provider === provider))
      return {
        is: 'disputed',
        because: `The scanner's rule (${rule}) speaks of ${rival}, whose keys look like those of ${provider.name}. If it is ${provider.name}'s: --provider ${provider.id}`,
      }
    if (byRule?.is === 'credential' && byRule.candidate.provider !== provider)
      return {
        is: 'disputed',
        because: `The scanner's rule says ${byRule.candidate.provider.name}, the form says ${provider.name}. Say which: --provider ${provider.id}`,
      }
    if (byRule === undefined || rankOf(byItself) <= rankOf(byRule)) return byItself
  }
  if (byRule !== undefined) return byRule
  return named.length > 0 ? unlike(named) : { is: 'nobodys' }
}

/** Other keys of an unmistakable form in the same finding (a line of code, a .env file's group): each is one of its own. */
export function besides(
  finding: Finding,
  recognised: Recognised,
  catalog: Catalog,
  keyring: Keyring,
): readonly Finding[] {
  if (!('assigned' in recognised)) return []
  const taken = Object.values(recognised.assigned.parts)
  const isTaken = (secret: Secret): boolean => taken.some(other => other.equals(secret))
  const { parts, value, ...rest } = finding
  const texts = [...(value === undefined ? [] : [value]), ...Object.values(parts ?? {})].filter(text => !isTaken(text))
  if (texts.length === 0) return []
  const found = new Set<Secret>()
  let several = false
  for (const { candidate, part, matcher } of catalog.unmistakable) {
    if (candidate.kind.parts[part]?.public) continue
    for (const text of texts)
      for (const secret of text.fits(matcher) === undefined ? text.within(matcher) : [text]) {
        if (isTaken(secret)) continue
        if (Object.keys(candidate.kind.parts).length > 1) several = true
        else found.add(secret.digest(plain => keyring.of(plain)))
      }
  }
  // A key of several parts needs those that are left, by their names.
  const left = Object.entries(parts ?? {}).filter(([, text]) => !isTaken(text))
  return [
    ...[...found].map(secret => ({ ...rest, value: secret })),
    ...(several && left.length > 0 ? [{ ...rest, parts: Object.fromEntries(left) }] : []),
  ]
}

function unlike(candidates: readonly Candidate[]): Recognised {
  const name = candidates[0]?.provider.name ?? 'this provider'
  return {
    is: 'malformed',
    candidates,
    because: `It has not the form of any key of ${name}: cut off, or something else.`,
  }
}

/** The kind that the finding fits best: whole before incomplete, more parts before fewer. */
function best(
  candidates: readonly Candidate[],
  finding: Finding,
  keyring: Keyring,
): Extract<Recognised, { candidate: Candidate }> | undefined {
  let chosen: Extract<Recognised, { candidate: Candidate }> | undefined
  for (const candidate of candidates) {
    const assigned = assign(candidate, finding, keyring)
    if (assigned === undefined) continue
    const missing = candidate.parts.flatMap(({ name, part }) => (part.optional || name in assigned.parts ? [] : [name]))
    const found =
      missing.length === 0
        ? ({ is: 'credential', candidate, assigned } as const)
        : ({ is: 'incomplete', candidate, assigned, missing } as const)
    if (chosen === undefined || rankOf(found) < rankOf(chosen)) chosen = found
  }
  return chosen
}

function rankOf(found: Recognised): number {
  if (found.is === 'credential') return -Object.keys(found.assigned.parts).length
  return found.is === 'incomplete' ? found.missing.length * 10 - Object.keys(found.assigned.parts).length : 1000
}

/** Kinds of which some part stands in the finding in a form that only they have. */
function formCandidates({ value, parts = {} }: Finding, catalog: Catalog): readonly Candidate[] {
  const texts: readonly Secret[] = [...(value === undefined ? [] : [value]), ...Object.values(parts)]
  const found = texts.flatMap(text => {
    const whole = catalog.unmistakableOf(text)
    // What is one key from end to end holds no other.
    return whole.length > 0 ? whole : catalog.unmistakable.filter(({ matcher }) => text.within(matcher).length > 0)
  })
  return [...new Set(found.map(({ candidate }) => candidate))]
}
