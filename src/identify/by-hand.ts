import type { Candidate } from '../catalog/catalog.ts'

/** The words with which a user who has all parts of a key gives them. */
export function byHand({ provider, kind }: Candidate): string {
  const parts = Object.entries(kind.parts).flatMap(([name, { optional }]) => (optional ? [] : [`--part ${name}=REF`]))
  return `--provider ${provider.id} ${parts.join(' ')}`
}
