import type { Credential } from '../model/credential.ts'
import type { Judged } from '../model/verdict.ts'

/**
 * What a refusal is worth where parts were put together: a wrong pair is refused just like a dead key, so only what the
 * provider says of parts that were found together stays dead.
 */
export function doubted(judged: Judged, { pairing, parts }: Credential): Judged {
  const { of, verdict } = judged
  if (pairing === undefined || verdict.state !== 'dead') return judged
  if (of?.every(part => pairing.sure.includes(part)) === true) return judged
  const others = Object.entries(parts).filter(([name]) => !pairing.sure.includes(name))
  const named = others.map(
    ([name, part]) => `${name.replaceAll('_', ' ')} ${part.public ? part.text : String(part.secret)}`,
  )
  const because = `It was refused together with the ${named.join(' and ')}, which ${where[pairing.by]}: they may not belong together.`
  return { ...judged, verdict: { ...verdict, state: 'unknown', reason: 'ambiguous_pair', because } }
}

/** Whether a refusal could come from parts that do not belong together, so that one is not enough. */
export function mayMisjudge({ of, verdict }: Judged): boolean {
  return verdict.state === 'dead' && of === undefined
}

/** The second answer counts, and both are evidence. */
export function confirmed(first: Judged, second: Judged): Judged {
  const evidence = [...first.verdict.evidence, ...second.verdict.evidence]
  return { ...second, verdict: { ...second.verdict, evidence } }
}

const where = {
  near: 'was found near it',
  commit: 'came in the same commit',
  file: 'was found in the same file',
  folder: 'was found in the same folder',
} as const
