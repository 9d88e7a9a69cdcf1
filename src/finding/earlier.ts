import type { Earlier } from '../model/finding.ts'
import { isRecord } from '../model/path.ts'
import { type Evidence, type Reason, reasons, type State, type Verdict } from '../model/verdict.ts'
import type { Row } from '../text/row.ts'
import { when } from './when.ts'

const longest = 4096

/** What a case of a saved report says of its key; undefined where it is no case. A file may hold anything, so all of it is looked at. */
export function earlierIn({ id, provider, kind, name, shown, facts, verdict: said }: Row): Earlier | undefined {
  const verdict = isRecord(said) ? verdictIn(said) : undefined
  if (!isText(id) || !isText(shown) || verdict === undefined || !isRecord(facts)) return undefined
  return {
    id,
    provider: isText(provider) ? provider : null,
    kind: isText(kind) ? kind : null,
    name: isText(name) ? name : null,
    shown,
    facts: texts(facts) ?? {},
    verdict,
  }
}

function verdictIn(row: Row): Verdict | undefined {
  const { because, checkedAt, identity, grants, expiresAt, evidence } = row
  const told = standingIn(row)
  if (told === undefined || !isText(because) || !isTime(checkedAt)) return undefined
  const who = texts(identity)
  return {
    ...told,
    because,
    checkedAt,
    ...(who !== undefined && { identity: who }),
    ...(Array.isArray(grants) && { grants: grants.filter(isText) }),
    ...(isTime(expiresAt) && { expiresAt }),
    evidence: Array.isArray(evidence) ? evidence.flatMap(evidenceIn) : [],
  }
}

function standingIn({ state, reason }: Row): { readonly state: State; readonly reason: Reason } | undefined {
  for (const [name, known] of entries(reasons)) {
    const found = name === state ? known.find(each => each === reason) : undefined
    if (found !== undefined) return { state: name, reason: found }
  }
  return undefined
}

function entries(all: typeof reasons): readonly (readonly [State, readonly Reason[]])[] {
  return [
    ['live', all.live],
    ['dead', all.dead],
    ['unknown', all.unknown],
    ['skipped', all.skipped],
  ]
}

function evidenceIn(row: unknown): readonly Evidence[] {
  if (!isRecord(row) || !isText(row.request) || !isTime(row.at)) return []
  const { request, at, status, requestId, note } = row
  const fields = texts(row.fields)
  return [
    {
      request,
      at,
      ...(typeof status === 'number' && { status }),
      ...(isText(requestId) && { requestId }),
      ...(fields !== undefined && { fields }),
      ...(isText(note) && { note }),
    },
  ]
}

function texts(value: unknown): Readonly<Record<string, string>> | undefined {
  if (!isRecord(value)) return undefined
  const pairs = Object.entries(value).flatMap(([name, text]) => (isText(text) ? [[name, text] as const] : []))
  return Object.fromEntries(pairs)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longest
}

function isTime(value: unknown): value is string {
  return isText(value) && when(value) !== undefined
}
