import { type Candidate, folded, type KnownPart } from '../catalog/catalog.ts'
import type { Part } from '../catalog/schema.ts'
import type { Finding } from '../model/finding.ts'
import type { Keyring } from '../model/keyring.ts'
import { type Matcher, Secret } from '../model/secret.ts'
import { fieldsIn } from './fields.ts'

/** Which text is which part of a kind, and what their forms say. */
export interface Assigned {
  readonly parts: Readonly<Record<string, Secret>>
  readonly facts: Readonly<Record<string, string>>
}

/** A long text (a file, a URL, a line of code) is searched; beyond this it is not looked at, in characters. */
const longestText = 65_536

/**
 * Gives every part of a kind its text: by the name that the scanner or the user gave it, else by form.
 * undefined where no part is there, or where only a part without a form of its own could be.
 */
export function assign({ parts: wanted }: Candidate, finding: Finding, keyring: Keyring): Assigned | undefined {
  const [only, ...others] = wanted
  if (finding.parts === undefined && only !== undefined && others.length === 0)
    return alone(only, finding.value, keyring)
  const given = Object.entries(finding.parts ?? {})
  const pool = [...given.map(([, secret]) => secret), ...(finding.value === undefined ? [] : [finding.value])].filter(
    ({ length }) => length <= longestText,
  )
  const parts: Record<string, Secret> = {}
  const facts: Record<string, string> = {}
  const take = (name: string, secret: Secret, said: Readonly<Record<string, string>>): void => {
    parts[name] = secret
    Object.assign(facts, said)
  }

  for (const [as, secret] of given) {
    const word = folded(as)
    for (const { name, matcher, names } of wanted) {
      const said = names.has(word) ? secret.fits(matcher) : undefined
      if (said !== undefined) take(name, secret, said)
    }
  }
  for (const [as, text] of pool.flatMap(secret => secret.digest(fieldsIn))) {
    const entry = wanted.find(({ name, names }) => !(name in parts) && names.has(folded(as)))
    const said = entry === undefined ? undefined : new Secret(text).fits(entry.matcher)
    if (entry !== undefined && said !== undefined) take(entry.name, keyring.of(text), said)
  }
  // The most telling forms first, so that a key id is not taken for a secret that may look like anything.
  for (const { name, part, matcher } of wanted.length < 2 ? wanted : wanted.toSorted(byTelling)) {
    if (name in parts || part.named) continue
    const free = pool.filter(secret => !Object.values(parts).some(taken => taken.equals(secret)))
    const whole = fitting(free, part, matcher) ?? (part.optional ? undefined : inside(free, matcher, keyring, parts))
    if (whole !== undefined) take(name, whole, whole.fits(matcher) ?? {})
  }
  const taken = wanted.flatMap(({ name, part }) =>
    parts[name] === undefined ? [] : [{ name, part, text: parts[name] }],
  )
  if (taken.every(({ part }) => part.optional)) return undefined
  // In the order of the file, however they were found: the id of the credential is made of them.
  return { parts: Object.fromEntries(taken.map(({ name, text }) => [name, text])), facts }
}

/** Most kinds are of one part, and most findings of one text. */
function alone(
  { name, part, matcher, names }: KnownPart,
  text: Secret | undefined,
  keyring: Keyring,
): Assigned | undefined {
  if (text === undefined || text.length > longestText) return undefined
  const whole = part.named ? undefined : text.fits(matcher)
  if (whole !== undefined) return { parts: { [name]: text }, facts: whole }
  const field = text.digest(fieldsIn).find(([as]) => names.has(folded(as)))?.[1]
  const said = field === undefined ? undefined : new Secret(field).fits(matcher)
  if (field !== undefined && said !== undefined) return { parts: { [name]: keyring.of(field) }, facts: said }
  const found = part.named ? undefined : inside([text], matcher, keyring, {})
  return found && { parts: { [name]: found }, facts: found.fits(matcher) ?? {} }
}

/** The text that has a part's form as a whole. Of several, the first if the form is unmistakable; else none can be chosen. */
function fitting(free: readonly Secret[], part: Part, matcher: Matcher): Secret | undefined {
  const [first, ...others] = free.filter(secret => secret.fits(matcher) !== undefined)
  return part.unmistakable || others.every(other => first?.equals(other)) ? first : undefined
}

/** The one match inside a longer text: a line of code, `id:secret`, a URL. Two different ones decide nothing. */
function inside(
  pool: readonly Secret[],
  matcher: Matcher,
  keyring: Keyring,
  parts: Readonly<Record<string, Secret>>,
): Secret | undefined {
  const found = pool
    .flatMap(secret => secret.within(matcher))
    .filter(secret => !Object.values(parts).some(taken => taken.equals(secret)))
  const [first, ...others] = found
  return first === undefined || others.some(other => !other.equals(first))
    ? undefined
    : first.digest(text => keyring.of(text))
}

function byTelling(a: KnownPart, b: KnownPart): number {
  return telling(b.part) - telling(a.part)
}

function telling(part: Part): number {
  return (part.unmistakable ? 2 : 0) + (part.public ? 1 : 0)
}
