import { createHmac } from 'node:crypto'
import type { Catalog } from '../catalog/catalog.ts'
import type { Finding } from '../model/finding.ts'
import type { Keyring } from '../model/keyring.ts'
import type { Places } from '../store/places.ts'
import { grow } from './grow.ts'
import { pair } from './pair.ts'
import { besides, type Recognised, recognise } from './recognise.ts'
import { reconcile } from './reconcile.ts'
import { Seen } from './seen.ts'
import type { Growing, Subject } from './subject.ts'

export type { Option, Subject } from './subject.ts'

export interface IdentifyOptions {
  readonly catalog: Catalog
  readonly keyring: Keyring
  readonly places: Places
  /** The local key under which ids are made. */
  readonly fingerprintKey: Buffer
}

/**
 * Findings in, one by one or by the handful; one subject out for each distinct secret, with every place kept.
 * Reads them all before it answers.
 */
export async function identify(
  findings: AsyncIterable<Finding | readonly Finding[]>,
  { catalog, keyring, places, fingerprintKey }: IdentifyOptions,
): Promise<readonly Subject[]> {
  const subjects = new Map<string, Growing>()
  const seen = new Seen<readonly Growing[]>()
  const fingerprint = (text: string): string =>
    createHmac('sha256', fingerprintKey).update(text).digest('hex').slice(0, 16)

  const subjectOf = (finding: Finding, recognised: Recognised): Growing => {
    const made = grow(finding, recognised, { catalog, keyring, fingerprint })
    const subject = subjects.get(made.draft.id) ?? made
    if (made.settled?.reason === 'canary') subject.settled = made.settled
    subject.byUser ||= made.byUser
    subjects.set(made.draft.id, subject)
    return subject
  }
  const subjectsOf = (finding: Finding): readonly Growing[] => {
    const recognised = recognise(finding, catalog, keyring)
    const others = besides(finding, recognised, catalog, keyring)
    const first = subjectOf(finding, recognised)
    return [...new Set([first, ...others.map(other => subjectOf(other, recognise(other, catalog, keyring)))])]
  }

  const take = (finding: Finding): void => {
    const found = seen.of(finding, () => subjectsOf(finding))
    for (const subject of found) {
      subject.last = places.add(finding, subject.last)
      subject.count += 1
    }
  }
  for await (const handed of findings) for (const finding of [handed].flat()) take(finding)
  const tools = { catalog, keyring, fingerprint, places }
  return pair(reconcile([...subjects.values()]), tools).map(subject => ({
    ...subject.draft,
    ...(subject.settled !== undefined && { settled: subject.settled }),
    findings: places.list([subject, ...subject.joined]),
  }))
}
