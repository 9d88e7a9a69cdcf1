/** What an operation is good for to someone who holds a stolen key. */
export type OperationClass = 'sensitive' | 'write' | 'identity' | 'discovery' | 'other'

export interface OperationFact {
  readonly class: OperationClass
  /** ATT&CK tactics without "TA00": `4` is TA0004, privilege escalation. */
  readonly tactics: readonly string[]
  /** ATT&CK techniques. */
  readonly techniques: readonly string[]
  /** Published incidents that name it. */
  readonly incidents: number
}

const classes: Readonly<Record<string, OperationClass>> = {
  s: 'sensitive',
  w: 'write',
  i: 'identity',
  d: 'discovery',
  o: 'other',
}

/** One group of a table: `s/4/T1098.003/2:PutUserPolicy,PutRolePolicy`. */
export function readGroup(group: string): { readonly fact: OperationFact; readonly operations: readonly string[] } {
  const colon = group.indexOf(':')
  const [letter = '', tactics = '', techniques = '', incidents = '0'] = group.slice(0, colon).split('/')
  return {
    fact: {
      class: classes[letter] ?? 'other',
      tactics: listed(tactics),
      techniques: listed(techniques),
      incidents: Number(incidents),
    },
    operations: listed(group.slice(colon + 1)),
  }
}

function listed(text: string): readonly string[] {
  return text === '' ? [] : text.split(',')
}
