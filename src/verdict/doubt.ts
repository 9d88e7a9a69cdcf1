import type { Credential, Installation } from '../model/credential.ts'
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

/** Whom the provider's own hosts speak for. */
export interface Speaker {
  /** Its own hosts and sites; a tenant's as `{domain}.example.com`. */
  readonly own: readonly string[]
  /** It knows those that it revoked, so that what it does not know may well be another's. */
  readonly tellsApart: boolean
  /** Below these, a host's API is at `api.HOST`. */
  readonly bare: readonly string[]
  /** The id by which a host is named: `--host ID=…`. */
  readonly id: string
}

/**
 * What "I do not know it" is worth from the provider's own host, where others run the same software: nothing where the
 * findings name another host, nor where the provider would know its own keys and nothing says that this is one.
 */
export function heardElsewhere(
  judged: Judged,
  asked: string,
  speaker: Speaker,
  { hosts, byUser }: Installation,
): Judged {
  const { verdict } = judged
  if (verdict.state !== 'dead' || verdict.reason !== 'rejected') return judged
  const isOwn = (host: string): boolean =>
    speaker.own.some(own => host === own || host.endsWith(`.${own.replace(/^\{.*?\}\./, '')}`))
  const isBare = (host: string): boolean =>
    speaker.bare.some(domain => host.endsWith(`.${domain}`)) && !host.startsWith('api.')
  const other = hosts.find(host => !isOwn(host))
  if (other === undefined && (byUser || !speaker.tellsApart || hosts.length > 0)) return judged
  const { host } = new URL(asked)
  const because =
    other === undefined
      ? `${host} does not know it, but nothing says that it is for ${host}, and others issue keys of this form. Say where it is from: --host ${speaker.id}=https://…`
      : `${host} does not know it, but it was found with ${other}. If it may be asked there: --host ${speaker.id}=https://${isBare(other) ? 'api.' : ''}${other}`
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
