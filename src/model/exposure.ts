import type { Exposure, Medium } from './finding.ts'

/** What the user knows of some places. Globs: `*` within a segment, `**` over any, `?` one character; case does not matter. */
export interface ExposureRule {
  readonly match: {
    readonly url?: string | undefined
    readonly file?: string | undefined
    /** `owner/name`, with or without its host before it. */
    readonly repository?: string | undefined
    readonly tool?: string | undefined
  }
  readonly is: Exclude<Exposure, 'unknown'>
  readonly medium?: Medium | undefined
  /** ISO 8601: since when it could be read there. */
  readonly since?: string | undefined
}
