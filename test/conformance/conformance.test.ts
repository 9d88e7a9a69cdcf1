import { describe, expect, it } from 'vitest'
import { loadDirectory } from '../../src/catalog/load.ts'
import { askedBy } from './asked.ts'
import { conformance, type Disagreement, disagreements } from './document.ts'

const { providers } = await loadDirectory('validators')
const asked = providers.flatMap(askedBy)
const held = asked.filter(({ provider }) => conformance.has(provider))
const found = held.flatMap(one => disagreements(one, conformance.get(one.provider)?.documents ?? []))

describe("our requests and their providers' own documents", () => {
  it.each(held)('agree on $request of $provider, or why they do not is said', one => {
    expect(
      found.filter(each => each.provider === one.provider && each.request === one.request && !isExplained(each)),
    ).toEqual([])
  })

  it('have most requests in common', () => {
    const unknown = found.filter(({ differs }) => differs === 'request')
    expect((held.length - unknown.length) / asked.length).toBeGreaterThan(0.75)
  })

  it('are of providers that we have', () => {
    const ids = providers.map(({ id }) => id)
    expect([...conformance.keys()].filter(id => !ids.includes(id))).toEqual([])
  })

  it.each([...conformance])('%s: say where they are from', (_, { documents }) => {
    expect(documents).not.toEqual([])
    for (const { repository, commit, path, licence, operations } of documents) {
      expect(repository).toMatch(/^[\w.-]+\/[\w.-]+$/)
      expect([commit, path, licence].filter(text => text === '')).toEqual([])
      expect(operations).not.toEqual([])
    }
  })

  it.each([...conformance])(
    '%s: give a link with every reason, and no reason for what is settled',
    (id, { explained }) => {
      for (const { request, differs, because } of explained ?? []) {
        expect(because).toMatch(/^[A-Z].*\. https:\/\/\S+$/)
        expect(
          found.filter(one => one.provider === id && one.request === request && one.differs === differs),
        ).not.toEqual([])
      }
    },
  )
})

function isExplained({ provider, request, differs }: Disagreement): boolean {
  const reasons = conformance.get(provider)?.explained ?? []
  return reasons.some(one => one.request === request && one.differs === differs)
}
