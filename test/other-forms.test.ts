import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compile } from '../src/catalog/compile.ts'
import type { Provider } from '../src/catalog/schema.ts'
import { replayed } from '../src/composition/cases.ts'
import { isRecord } from '../src/model/path.ts'

type Case = Provider['cases'][number]
type Reply = NonNullable<Case['reply']>

/** The same answer in another form: what it says is as it was. */
const forms: Readonly<Record<string, (reply: Reply) => Reply>> = {
  'numbers as texts': reply => withJson(reply, value => (typeof value === 'number' ? String(value) : value)),
  'words in capitals': reply =>
    withJson(reply, value => (typeof value === 'string' && /^[A-Za-z ]+$/.test(value) ? value.toUpperCase() : value)),
  'names of headers in capitals': reply => ({
    ...reply,
    headers: Object.fromEntries(
      Object.entries(reply.headers ?? {}).map(([name, value]) => [name.toUpperCase(), value]),
    ),
  }),
  'fields that nobody has described': reply =>
    withJson(reply, value => (isRecord(value) ? { ...value, undescribed: 1 } : value)),
}

function withJson(reply: Reply, change: (value: unknown) => unknown): Reply {
  if (reply.json === undefined) return reply
  const deep = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(deep)
    return change(isRecord(value) ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, deep(v)])) : value)
  }
  return { ...reply, json: deep(reply.json) }
}

function inForm({ reply, replies, expect: expected, ...example }: Case, form: (reply: Reply) => Reply): Case {
  const { state, reason } = expected
  return {
    ...example,
    ...(reply !== undefined && { reply: form(reply) }),
    ...(replies !== undefined && { replies: replies.map(form) }),
    expect: { state, reason },
  }
}

/** Rules that take an answer only if there is nothing else in it say so. */
function takesNoMore({ requests }: Provider): boolean {
  return Object.values(requests).some(({ verdict }) => verdict.some(({ exact }) => exact))
}

const providers = readdirSync('validators')
  .filter(name => name.endsWith('.yaml'))
  .flatMap(name => compile(name, readFileSync(`validators/${name}`, 'utf8')).provider ?? [])

describe.each(providers.filter(({ auth }) => !('database' in auth)).map(provider => [provider.id, provider] as const))(
  '%s',
  (_, provider) => {
    const answered = provider.cases.filter(
      ({ of, reply, replies, expect: { state } }) =>
        of === undefined && (reply ?? replies) !== undefined && (state === 'live' || state === 'dead'),
    )

    it.each(Object.entries(forms))('says the same of %s', async (name, form) => {
      if (name.startsWith('fields') && takesNoMore(provider)) return
      const differences: string[] = []
      for (const example of answered)
        for (const difference of await replayed(provider, inForm(example, form)))
          differences.push(`${example.it}: ${difference}`)
      expect(differences).toEqual([])
    })

    it('has no verdict of a server that is at fault, whatever it says', async () => {
      const decided: string[] = []
      for (const example of answered) {
        const faulty = inForm(example, reply => ({ ...reply, status: 503 }))
        if ((await replayed(provider, { ...faulty, expect: { state: 'unknown' } })).length > 0) decided.push(example.it)
      }
      expect(decided).toEqual([])
    })
  },
)
