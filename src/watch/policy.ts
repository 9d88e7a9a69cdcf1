const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** What the user may set; times in milliseconds. The defaults are ours. */
export interface Policy {
  /** A key is dead by two answers this far apart. */
  readonly apart: number
  /** Answers that take back many keys of a provider at once are not believed for so long. */
  readonly outageLasts: number
  /** So many keys of one provider that fail together are an outage, where next to none still answers. */
  readonly wave: number
  /** After so many runs in a row without a decision it is said. */
  readonly undecidedRuns: number
  /** So long before a key expires it is said. */
  readonly expiresWithin: number
  /** So long after it was first watched a key should have been replaced; never if absent. */
  readonly rotateEvery?: number
}

export const defaultPolicy: Policy = {
  apart: 5 * minute,
  outageLasts: 6 * hour,
  wave: 3,
  undecidedRuns: 3,
  expiresWithin: 14 * day,
}

/** How often a key is asked about: often after something happened to it, ever more seldom while it stays calm. */
export const cadence: readonly { readonly calmFor: number; readonly every: number }[] = [
  { calmFor: 0, every: 10 * minute },
  { calmFor: 2 * hour, every: hour },
  { calmFor: day, every: 6 * hour },
  { calmFor: 7 * day, every: day },
  { calmFor: 30 * day, every: 7 * day },
]

/** A dead key that can only be asked about by using it is asked about as seldom as this. */
export const deadCadence: typeof cadence = [
  { calmFor: 0, every: day },
  { calmFor: 2 * day, every: 7 * day },
  { calmFor: 30 * day, every: 30 * day },
]

/** After a run that decided nothing it is tried again after this, doubled each time up to the key's own cadence. */
export const undecidedAgain = 10 * minute
/** How often the keys of a provider in an outage are tried. */
export const outageAgain = 15 * minute
