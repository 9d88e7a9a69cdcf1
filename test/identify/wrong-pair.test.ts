import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import type { Case } from '../../src/model/credential.ts'
import { often } from '../often.ts'
import { aws, type Truth, walked } from './aws-world.ts'
import type { Plain } from './support.ts'

const ids = Array.from({ length: 6 }, (_, index) => madeUp('AKIA{aws-account:123456789012}', `id ${index}`))
const secrets = Array.from({ length: 6 }, (_, index) => madeUp('{base64:40}', `secret ${index}`))

const place = fc.record(
  {
    file: fc.constantFrom('a/x', 'a/y', 'b/z', '/root/a/x', 'w'),
    line: fc.integer({ min: 1, max: 14 }),
    column: fc.integer({ min: 1, max: 3 }),
    commit: fc.constantFrom('one', 'two'),
  },
  { requiredKeys: ['file'] },
)
const which = fc.integer({ min: 0, max: 5 })
const found = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .record({ place, id: which })
      .map(({ place: at, id }): Plain => ({ ...at, rule: 'aws-access-token', value: ids[id] ?? '' })),
  },
  {
    weight: 3,
    arbitrary: fc.record({ place, secret: which, rule: fc.constantFrom('generic-api-key', 'AWSSecretAccessKey') }).map(
      ({ place: at, secret, rule }): Plain => ({
        ...at,
        tool: rule === 'generic-api-key' ? 'gitleaks' : 'secretlint',
        rule,
        value: secrets[secret] ?? '',
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ place, secret: which, name: fc.constantFrom('AWS_SECRET_ACCESS_KEY', 'ACME_SECRET') }).map(
      ({ place: at, secret, name }): Plain => ({
        ...at,
        tool: 'talisman',
        rule: 'filecontent',
        value: `${name} = "${secrets[secret]}"`,
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ place, id: which, secret: which }).map(
      ({ place: at, id, secret }): Plain => ({
        ...at,
        tool: 'trufflehog',
        rule: 'AWS',
        value: `${ids[id]}:${secrets[secret]}`,
      }),
    ),
  },
)
/** Which ids AWS knows, and which secret each of them really has. */
const world = fc
  .record({ order: fc.shuffledSubarray(secrets, { minLength: 6, maxLength: 6 }), active: fc.subarray(ids) })
  .map(
    ({ order, active }): Truth =>
      new Map(ids.flatMap((id, index) => (active.includes(id) ? [[id, order[index] ?? '']] : []))),
  )

function idOf({ shown }: Case): string | undefined {
  return ids.find(id => shown.includes(id))
}

function inWords(cases: readonly Case[]): readonly string[] {
  return cases
    .map(
      ({ id, verdict, findings, pairing, candidates }) =>
        `${id} ${verdict.state}/${verdict.reason} ${findings.length} ${pairing} ${candidates?.map(one => one.id).join(' ')}`,
    )
    .toSorted()
}

describe('whatever a report makes of ids and secrets', () => {
  it('nothing that works is ever called dead, and nothing dead is called live', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(found, { maxLength: 14 }), world, async (plain, truth) => {
        const together = new Set(plain.flatMap(({ rule, value = '' }) => (rule === 'AWS' ? [value] : [])))
        for (const one of await walked(plain, aws(truth))) {
          const id = idOf(one)
          const { state, identity, because } = one.verdict
          if (state === 'live') expect(identity?.['arn']).toContain(id)
          if (id === undefined) expect(state).not.toMatch(/live|dead/)
          // Dead with a key that AWS knows only where the scanner itself had found this secret with it.
          else if (state === 'dead' && truth.has(id)) {
            expect(because).toContain('this is not its secret')
            expect([...together].filter(pair => pair.startsWith(id))).toHaveLength(1)
          } else if (state === 'live') expect(truth.has(id)).toBe(true)
        }
      }),
      often(300),
    )
  })

  it('the order in which it is read changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(found, { maxLength: 14 })
          .chain(plain => fc.tuple(fc.constant(plain), fc.shuffledSubarray(plain, { minLength: plain.length }))),
        world,
        async ([plain, shuffled], truth) => {
          expect(inWords(await walked(shuffled, aws(truth)))).toEqual(inWords(await walked(plain, aws(truth))))
        },
      ),
      often(200),
    )
  })

  it('no pair is broken up, every place is in a case, and no more than sixteen secrets are tried with an id', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(found, { maxLength: 14 }), world, async (plain, truth) => {
        const tried = new Map<string, Set<string>>()
        const cases = await walked(
          plain,
          aws(truth, (id, secret) => tried.set(id, (tried.get(id) ?? new Set()).add(secret))),
        )
        const pairs = new Set(plain.flatMap(({ rule, value = '' }) => (rule === 'AWS' ? [value] : [])))
        for (const [id, own] of [...pairs].map(pair => pair.split(':')))
          if ([...pairs].filter(pair => pair.startsWith(id ?? '')).length === 1)
            expect([...(tried.get(id ?? '') ?? [])]).toEqual([own])
        for (const ofOne of tried.values()) expect(ofOne.size).toBeLessThanOrEqual(16)
        const places = new Set(
          cases.flatMap(({ findings }) =>
            [...findings].map(({ rule, file, line, column, commit }) => [rule, file, line, column, commit].join()),
          ),
        )
        for (const { rule, file, line, column, commit } of plain)
          expect(places).toContain([rule, file, line, column, commit].join())
      }),
      often(100),
    )
  })

  it('what stands with its own secret in a block of lines is decided right, however many blocks there are', async () => {
    const plain = ids.flatMap((value, index): readonly Plain[] => [
      { rule: 'aws-access-token', value, file: 'credentials', line: index * 3 + 2 },
      { rule: 'generic-api-key', value: secrets[index] ?? '', file: 'credentials', line: index * 3 + 3 },
    ])
    const truth: Truth = new Map(ids.slice(2).map((id, index) => [id, secrets[index + 2] ?? '']))
    const asked: string[] = []
    const cases = await walked(
      plain,
      aws(truth, id => asked.push(id)),
    )
    expect(cases.map(one => [idOf(one), one.verdict.state, one.findings.length])).toEqual(
      expect.arrayContaining(ids.map((id, index) => [id, index < 2 ? 'dead' : 'live', 2])),
    )
    expect(cases).toHaveLength(6)
    // Four partitions for each that is dead, one answer for each that works: none was tried with another's secret.
    expect(asked).toHaveLength(2 * 4 + 4)
  })
})
