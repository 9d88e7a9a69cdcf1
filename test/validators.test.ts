import { readdirSync, readFileSync } from 'node:fs'
import nock from 'nock'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Catalog } from '../src/catalog/catalog.ts'
import { compile } from '../src/catalog/compile.ts'
import { madeUp } from '../src/catalog/made-up.ts'
import { linear, native } from '../src/catalog/matcher.ts'
import { replaying, tryCase, wireReply, withParts } from '../src/composition/cases.ts'
import { type Transport, transportOver } from '../src/engine/transport.ts'
import { NockDispatcher } from './nock-dispatcher.ts'

const transport = transportOver(new NockDispatcher(), () => true)

beforeAll(() => nock.disableNetConnect())
afterEach(() => nock.cleanAll())
afterAll(() => nock.enableNetConnect())

describe.each(readdirSync('validators').filter(name => name.endsWith('.yaml')))('validators/%s', file => {
  const { provider, faults } = compile(`validators/${file}`, readFileSync(`validators/${file}`, 'utf8'))

  it('has no fault', () => expect(faults).toEqual([]))
  if (provider === undefined) return

  it('was compared with the documentation within a year', () => {
    expect(Date.now() - Date.parse(provider.checked)).toBeLessThan(365 * 86_400_000)
  })

  it.each(
    new Catalog([provider]).kindsOf(provider).flatMap(({ id, kind }) =>
      Object.entries(kind.parts).map(([name, { pattern, example, named }]) => ({
        id,
        name,
        pattern,
        example,
        named,
      })),
    ),
  )('knows its own example of $id, $name, with both engines alike', ({ id, name, pattern, example, named }) => {
    const value = madeUp(example, `${id} ${name}`)
    expect(native(pattern).whole(value)).toBeDefined()
    expect(linear(pattern).whole(value)).toEqual(native(pattern).whole(value))
    // What has no form of its own is never looked for in a text.
    if (named) return
    expect(native(pattern).within(`key = "${value}";`)).toEqual([value])
    expect(native(pattern).whole(`${value} and more`)).toBeUndefined()
  })

  it.each(Object.keys(provider.usage ?? {}))(
    'shows by cases how %s is read, and how it says that it can not be',
    name => {
      const told = provider.cases.filter(({ of }) => of === name).map(({ expect: { coverage } }) => coverage?.state)
      expect(told.length).toBeGreaterThanOrEqual(3)
      expect(told).toContainEqual(expect.stringMatching(/^(?:ok|partial)$/))
      expect(told).toContainEqual(expect.stringMatching(/^(?:denied|unavailable)$/))
    },
  )

  it.each(Object.keys(provider.lookup ?? {}))('shows by a case what the look-up %s tells', name => {
    expect(provider.cases.map(({ of }) => of)).toContain(name)
  })

  it('can be found by every name that it lists', () => {
    const catalog = new Catalog([provider])
    for (const { kind } of new Catalog([provider]).kindsOf(provider))
      for (const [tool, names] of Object.entries({ ...provider.scanners, ...kind.scanners }))
        for (const name of names)
          expect(catalog.byRule(tool, name).map(candidate => candidate.provider.id)).toContain(provider.id)
  })

  it.each(provider.cases.map(example => ({ it: example.it, example })))('$it', async ({ example: written }) => {
    const example = withParts(provider, written)
    const answers = example.replies ?? []
    let asked = 0
    nock(/.*/)
      .persist()
      .intercept(/.*/, 'GET')
      .reply(() => answer(asked++))
    nock(/.*/)
      .persist()
      .intercept(/.*/, 'POST')
      .reply(() => answer(asked++))
    const answer = (index: number): [number, string, Record<string, string>] => {
      const { status, body, headers } = wireReply(
        example.reply ?? answers[index] ?? { status: 599, text: 'more was asked than the case answers' },
      )
      return [status, body, { ...headers }]
    }
    // What a database says is no HTTP: test/engine/protocols speaks it.
    const said = replaying(example)
    const over: Transport = (wire, signal) => {
      if (wire.login === undefined) return transport(wire, signal)
      asked += 1
      return said(wire, signal)
    }
    expect(await tryCase(provider, example, over)).toEqual([])
    if (example.replies !== undefined) expect(asked).toBe(answers.length)
    if (example.reply !== undefined) expect(asked).toBeGreaterThan(0)
  })
})
