import type { Told } from '../lookup/lookup.ts'
import type { Checked, Planned, Walk } from '../pipeline.ts'
import { type Known, lookedUp } from './sources.ts'

/** lookup: what can be known of a key without using it is read before it is touched. Decoys and others' keys are left alone. */
export async function beforeTouch(planned: Planned, walk: Walk): Promise<readonly Told[]> {
  const key = lookupKeyOf(planned, walk)
  return key === undefined || walk.sources === undefined ? [] : lookedUp(key, walk.sources)
}

/** The key that lists would be asked about; undefined where none are. */
export function lookupKeyOf({ subject, plan: planned }: Planned, { sources }: Walk): Known | undefined {
  const { credential, settled, earlier, provider, kind, parts = {}, facts, id } = subject
  const mayAsk = (settled === undefined || settled.reason === 'incomplete') && subject.contest === undefined
  if (sources === undefined || provider === null || !mayAsk || planned.skipped?.reason === 'out_of_scope')
    return undefined
  const known = { ...earlier?.identity, ...facts, ...credential?.facts }
  return { id, kind: kind ?? '', parts, ...credential, facts: known, provider }
}

/** A case with what the lists said of its key. */
export function withLookups({ one, parts }: Checked, told: readonly Told[]): Checked {
  if (told.length === 0) return { one, parts }
  const said = Object.assign({}, ...told.map(({ looked }) => looked.identity ?? {}))
  const identity: Readonly<Record<string, string>> = { ...said, ...one.verdict.identity }
  const verdict = Object.keys(identity).length === 0 ? one.verdict : { ...one.verdict, identity }
  return { one: { ...one, verdict, lookup: told.map(({ looked }) => looked) }, parts }
}
