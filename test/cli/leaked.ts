import { createHash } from 'node:crypto'
import { madeUp } from '../../src/catalog/made-up.ts'
import { made } from '../identify/support.ts'

const { stripe, restricted, github, awsSecret, hex } = made('leak')
export const { awsId } = made('leak')
export const asia = madeUp('ASIA{aws-account:123456789012}', 'leak')
const session = madeUp('{base64:400}', 'leak session')
const fullstory = madeUp('na1.{base64:100}', 'leak fullstory')
const gitlab = madeUp('glpat-{alnum:20}', 'leak gitlab')
const slack = madeUp('xoxb-{digit:12}-{digit:13}-{alnum:24}', 'leak slack')
const strange = `p4ss<&"'\\/ ${madeUp('{alnum:20}', 'strange')}\u00e9`
/** What must not be found anywhere. */
export const secrets = { stripe, restricted, github, awsSecret, session, fullstory, gitlab, slack, hex, strange }

/** The forms of secrets that stand in what was written; each named by a hash, so that a failing test prints none. */
export function found(bytes: Buffer): readonly string[] {
  const text = bytes.toString('utf8')
  return Object.entries(secrets).flatMap(([name, secret]) =>
    Object.entries(formsOf(secret)).flatMap(([form, needle]) =>
      text.includes(needle) ? [`${name} ${form} ${createHash('sha256').update(needle).digest('hex').slice(0, 6)}`] : [],
    ),
  )
}

/** Written independently of src/model/forms.ts. A piece of sixteen characters from the middle counts, too. */
function formsOf(secret: string): Readonly<Record<string, string>> {
  const middle = secret.slice(12, 28)
  const html = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
  const base64 = [0, 1, 2].flatMap(shift => {
    const whole = Buffer.from('\0'.repeat(shift) + secret)
      .toString('base64')
      .replaceAll('=', '')
    const own = whole.slice(shift === 0 ? 0 : shift + 1, -1)
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
  const markdown = secret.replaceAll(/[\\`*_{}[\]<>#|~!&$^]/g, mark => `\\${mark}`)
  return {
    raw: secret,
    middle,
    json: JSON.stringify(secret).slice(1, -1),
    url: encodeURIComponent(secret),
    html,
    markdown,
    ...Object.fromEntries(base64.map((form, index) => [`base64 ${index}`, form])),
  }
}
