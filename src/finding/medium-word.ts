import { type Medium, media } from '../model/finding.ts'

/** A word for a kind of place, where it is one of ours. */
export function mediumOf(word: unknown): Medium | undefined {
  return media.find(medium => medium === word)
}
