import { type Candidate, type Catalog, namesOf } from '../catalog/catalog.ts'
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
export function assign(
  { provider, kind }: Candidate,
  finding: Finding,
  keyring: Keyring,
  catalog: Catalog,
): Assigned | undefined {
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
  const entries = Object.entries(kind.parts).map(([name, part]) => ({
    name,
    part,
    matcher: catalog.matcher(provider.id, part.pattern),
  }))

  for (const { name, part, matcher } of entries) {
    const wanted = namesOf(name, part).map(folded)
    for (const [as, secret] of given) {
      const said = wanted.includes(folded(as)) ? secret.fits(matcher) : undefined
      if (said !== undefined) take(name, secret, said)
    }
  }
  for (const [as, text] of pool.flatMap(secret => secret.digest(fieldsIn))) {
    const entry = entries.find(
      ({ name, part }) => !(name in parts) && namesOf(name, part).map(folded).includes(folded(as)),
    )
    const said = entry === undefined ? undefined : new Secret(text).fits(entry.matcher)
    if (entry !== undefined && said !== undefined) take(entry.name, keyring.of(text), said)
  }
  // The most telling forms first, so that a key id is not taken for a secret that may look like anything.
  for (const { name, part, matcher } of entries.toSorted((a, b) => telling(b.part) - telling(a.part))) {
    if (name in parts || part.named) continue
    const free = pool.filter(secret => !Object.values(parts).some(taken => taken.equals(secret)))
    const whole = fitting(free, part, matcher) ?? (part.optional ? undefined : inside(free, matcher, keyring, parts))
    if (whole !== undefined) take(name, whole, whole.fits(matcher) ?? {})
  }
  const taken = entries.flatMap(({ name }) => (parts[name] === undefined ? [] : [[name, parts[name]] as const]))
  // In the order of the file, however they were found: the id of the credential is made of them.
  return taken.every(([name]) => kind.parts[name]?.optional) ? undefined : { parts: Object.fromEntries(taken), facts }
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

function telling(part: Part): number {
  return (part.unmistakable ? 2 : 0) + (part.public ? 1 : 0)
}

/** `AWS_ACCESS_KEY_ID`, `access-key-id` and `accessKeyId` are one name. */
function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
