import { createHmac } from 'node:crypto'
import type { Catalog } from '../catalog/catalog.ts'
import type { ExposureRule } from '../model/exposure.ts'
import type { Finding } from '../model/finding.ts'
import type { Keyring } from '../model/keyring.ts'
import type { Places } from '../store/places.ts'
import { growEarlier, joinEarlier } from './earlier.ts'
import { mediumIn, placing, widen } from './exposure.ts'
import { type Fingerprint, grow } from './grow.ts'
import { installationOf, noteHosts } from './installation.ts'
import { pair } from './pair.ts'
import { besides, type Recognised, recognise } from './recognise.ts'
import { reconcile } from './reconcile.ts'
import { Seen } from './seen.ts'
import type { Growing, Subject } from './subject.ts'

export type { Option, Subject } from './subject.ts'

export interface IdentifyOptions {
  readonly catalog: Catalog
  readonly keyring: Keyring
  readonly places: Pick<Places, 'add' | 'list'>
  /** The local key under which ids are made. */
  readonly fingerprintKey: Buffer
  /** What the user knows of places. */
  readonly exposure?: readonly ExposureRule[]
  /** Told of each finding and of the ids of what it became; some of these are joined to others later. */
  readonly tell?: (finding: Finding, became: Became) => void
}

/** What a finding became; the same object for all that are alike in scanner, rule and secrets. */
export type Became = readonly { readonly draft: { readonly id: string } }[]

/**
 * Findings in, one by one or by the handful; one subject out for each distinct secret, with every place kept.
 * Reads them all before it answers.
 */
export async function identify(
  findings: AsyncIterable<Finding | readonly Finding[]>,
  { catalog, keyring, places, fingerprintKey, exposure = [], tell }: IdentifyOptions,
): Promise<readonly Subject[]> {
  const subjects = new Map<string, Growing>()
  const saved = new Map<string, Growing>()
  const seen = new Seen<readonly Growing[]>()
  const fingerprint: Fingerprint = (label, secrets = []) => {
    const mac = createHmac('sha256', fingerprintKey).update(label)
    for (const secret of secrets) secret.digest(text => void mac.update(`\0${text.length}\0${text}`))
    return mac.digest('hex').slice(0, 16)
  }

  const subjectOf = (finding: Finding, recognised: Recognised): Growing => {
    const made = grow(finding, recognised, { catalog, keyring, fingerprint })
    const subject = subjects.get(made.draft.id) ?? made
    if (made.settled?.reason === 'canary') subject.settled = made.settled
    subject.byUser ||= made.byUser
    subjects.set(made.draft.id, subject)
    return subject
  }
  const subjectsOf = (finding: Finding): readonly Growing[] => {
    const { earlier } = finding
    if (earlier !== undefined && finding.redacted) {
      const subject = saved.get(earlier.id) ?? growEarlier(earlier, catalog)
      saved.set(earlier.id, subject)
      return [subject]
    }
    const recognised = recognise(finding, catalog, keyring)
    if (finding.incidental && (recognised.is === 'nobodys' || recognised.is === 'malformed')) return []
    const others = besides(finding, recognised, catalog, keyring)
    const first = subjectOf(finding, recognised)
    return [...new Set([first, ...others.map(other => subjectOf(other, recognise(other, catalog, keyring)))])]
  }

  const placed = placing(exposure)
  const take = (found: Finding): void => {
    const place = placed(found)
    const finding = place === found.place ? found : { ...found, place }
    const became = seen.of(finding, () => subjectsOf(finding))
    tell?.(finding, became)
    for (const subject of became) {
      subject.last = places.add(finding, subject.last)
      subject.count += 1
      widen(subject.widest, place.exposure, mediumIn(place), place.at)
      noteHosts(subject, finding)
    }
  }
  for await (const handed of findings) for (const finding of isHandful(handed) ? handed : [handed]) take(finding)
  const tools = { catalog, keyring, fingerprint, places }
  const paired = pair(reconcile([...subjects.values()]), tools)
  return joinEarlier(paired, [...saved.values()], places).map(subject => finished(subject, places))
}

function finished(subject: Growing, places: IdentifyOptions['places']): Subject {
  const { draft, settled, widest, joined, formerly = [] } = subject
  const ids = [...joined.map(other => other.draft.id), formerly].flat().filter(id => id !== draft.id)
  for (const { widest: other } of joined) widen(widest, other.exposure, other.medium, other.firstAt)
  const { exposure, medium, firstAt } = widest
  const installation = installationOf(subject)
  return {
    ...draft,
    ...(draft.credential !== undefined &&
      installation !== undefined && { credential: { ...draft.credential, installation } }),
    ...(settled !== undefined && { settled }),
    ...(ids.length > 0 && { joined: ids }),
    findings: places.list([subject, ...joined]),
    exposure,
    ...(medium !== undefined && { medium }),
    ...(firstAt !== undefined && { firstAt }),
  }
}

function isHandful(handed: Finding | readonly Finding[]): handed is readonly Finding[] {
  return Array.isArray(handed)
}
