import type { Row } from '../text/row.ts'
import type { Draft } from './format.ts'
import { unpacked } from './unpacked.ts'

/**
 * A match's groups, in Base64: one is the value; several are parts, and the matched text is the value. Names are the
 * rule's own, where it has them.
 */
export function groupsOf(
  groups: readonly unknown[],
  matching: unknown,
  named: Row = {},
): Pick<Draft, 'value' | 'parts'> {
  const texts = groups.map(unpacked).filter(text => text !== undefined && text !== '')
  const names = Object.entries(named).flatMap(([name, packed]) => {
    const text = unpacked(packed)
    return text === undefined || text === '' ? [] : [[name, text] as const]
  })
  const [first, second] = names.length > 0 ? names.map(([, text]) => text) : texts
  if (second === undefined) return { value: first === undefined ? matching : withPrefix(first, matching) }
  const parts =
    names.length > 0 ? Object.fromEntries(names) : Object.fromEntries(texts.map((text, i) => [`group_${i + 1}`, text]))
  return { value: matching, parts }
}

/** A rule can begin its group behind the letters that the key itself begins with: `key-` of Mailgun's. */
function withPrefix(group: string, matching: unknown): string {
  const before = typeof matching === 'string' ? matching.slice(0, Math.max(0, matching.indexOf(group))) : ''
  return `${/(?<![\w-])[a-z]{2,6}-$/.exec(before)?.[0] ?? ''}${group}`
}
