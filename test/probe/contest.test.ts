import { describe, expect, it } from 'vitest'
import type { Verdict } from '../../src/model/verdict.ts'
import { contest } from '../../src/probe/contest.ts'

interface Way {
  readonly name: string
  readonly partners: readonly string[]
  readonly exclusive: boolean
}

function way(name: string, exclusive = true): Way {
  return { name, partners: [name.slice(1)], exclusive }
}

function verdict(state: Verdict['state'], reason: Verdict['reason']): Verdict {
  return { state, reason, because: reason, checkedAt: '', evidence: [{ request: reason, at: '' }] }
}

const live = verdict('live', 'works')
const dead = verdict('dead', 'rejected')
const doubtful = verdict('unknown', 'ambiguous_pair')

/** `a: a1 a2` is a key `a` that could be completed with `1` or `2`. What is not in `says` is refused as a pair. */
async function held(contenders: Readonly<Record<string, readonly Way[]>>, says: Readonly<Record<string, Verdict>>) {
  const tried: string[] = []
  const outcomes = await contest(
    Object.entries(contenders).map(([id, options]) => ({ id, options })),
    async ({ name }) => {
      tried.push(name)
      return says[name] ?? doubtful
    },
  )
  const inWords = Object.fromEntries(
    [...outcomes].map(([id, { verdict: said, option, open }]) => [
      id,
      [said?.reason, option?.name, ...open.map(one => one.name)].filter(word => word !== undefined).join(' '),
    ]),
  )
  return { tried: tried.join(' '), ...inWords }
}

describe('who belongs to whom', () => {
  it('is tried from the likeliest on, until one is right', async () => {
    expect(await held({ a: [way('a1'), way('a2'), way('a3')] }, { a2: live })).toEqual({
      tried: 'a1 a2',
      a: 'works a2',
    })
  })

  it('is not tried with what belongs to another', async () => {
    const said = await held({ a: [way('a1')], b: [way('b2'), way('b1'), way('b3')] }, { a1: live, b3: live })
    expect(said).toEqual({ tried: 'a1 b2 b3', a: 'works a1', b: 'works b3' })
  })

  it('may be several of one, where a part is common to several keys', async () => {
    const said = await held({ a: [way('a1', false)], b: [way('b2', false), way('b1', false)] }, { a1: live, b1: live })
    expect(said).toEqual({ tried: 'a1 b2 b1', a: 'works a1', b: 'works b1' })
  })

  it('is open where nothing is accepted', async () => {
    expect(await held({ a: [way('a1'), way('a2')] }, {})).toEqual({ tried: 'a1 a2', a: 'ambiguous_pair a1 a2' })
  })

  it('needs no more tries for a key that is dead whatever belongs to it', async () => {
    const said = await held({ a: [way('a1'), way('a2')], b: [way('b1'), way('b2')] }, { a1: dead, b2: live })
    expect(said).toEqual({ tried: 'a1 b1 b2', a: 'rejected a1', b: 'works b2' })
  })

  it('leaves a part alone that two dead keys could have, or one that is undecided', async () => {
    expect(await held({ a: [way('a1')], b: [way('b1')] }, { a1: dead, b1: dead })).toMatchObject({
      a: 'rejected a1',
      b: 'rejected b1',
    })
    expect(await held({ a: [way('a1')], b: [way('b1')] }, { a1: dead })).toMatchObject({
      a: 'rejected a1',
      b: 'ambiguous_pair b1',
    })
  })

  it('is not tried any further while nobody answers', async () => {
    const gone = verdict('unknown', 'unreachable')
    expect(await held({ a: [way('a1'), way('a2')] }, { a1: gone })).toEqual({ tried: 'a1', a: 'unreachable a1 a2' })
  })

  it('says nothing where one part is accepted with two keys', async () => {
    const said = await held({ a: [way('a1')], b: [way('b1')] }, { a1: live, b1: live })
    expect(said).toMatchObject({ a: expect.stringMatching(/^unreliable/), b: expect.stringMatching(/^unreliable/) })
  })
})
