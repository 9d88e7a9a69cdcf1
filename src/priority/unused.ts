import type { Misuse } from '../model/misuse.ts'

/** A right that names the operation it allows: `s3:GetObject`, `iam:*`. Scopes such as `repo` name none. */
const operation = /^([a-z0-9-]+):([A-Za-z*][A-Za-z0-9*]*)$/

/**
 * Rights that the key has and its owner was not seen to use; undefined where rights and operations can't be compared:
 * no rights known, rights that name no operations, no log of the owner's use.
 */
export function unusedRights(
  grants: readonly string[] | undefined,
  misuse: Misuse | undefined,
): readonly string[] | undefined {
  const rights = grants?.filter(grant => operation.test(grant) && /[A-Z*]/.test(grant)) ?? []
  if (rights.length === 0 || misuse === undefined || misuse.level === 'no_log') return undefined
  if (misuse.before !== undefined && misuse.before.actions === undefined) return undefined
  const owners = misuse.sessions.filter(({ p }) => p < 0.5).flatMap(({ actions }) => actions)
  const used = [...(misuse.before?.actions ?? []), ...owners]
  return used.length === 0 ? undefined : rights.filter(right => !used.some(action => covers(right, action)))
}

/** Whether a right allows an operation. Without its service an operation counts for every right that could be meant. */
function covers(right: string, action: string): boolean {
  const [, service = '', pattern = ''] = operation.exec(right) ?? []
  const [, given, name = ''] = /^(?:([a-z0-9-]+)(?:\.amazonaws\.com)?:)?(.+)$/.exec(action) ?? []
  if (given !== undefined && given !== service) return false
  const wanted = pattern.split('*').map(piece => piece.toLowerCase())
  const [first = '', ...rest] = wanted
  let text = name.toLowerCase()
  if (!text.startsWith(first)) return false
  text = text.slice(first.length)
  for (const [index, piece] of rest.entries()) {
    const at = index === rest.length - 1 && piece !== '' ? text.lastIndexOf(piece) : text.indexOf(piece)
    if (at < 0) return false
    if (index === rest.length - 1 && piece !== '') return at + piece.length === text.length
    text = text.slice(at + piece.length)
  }
  return rest.length > 0 || text === ''
}
