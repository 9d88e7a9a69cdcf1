import { describe, expect, it } from 'vitest'
import { placing } from '../../src/identify/exposure.ts'
import { globbed } from '../../src/identify/glob.ts'
import type { ExposureRule } from '../../src/model/exposure.ts'
import type { Place } from '../../src/model/finding.ts'

describe('a glob', () => {
  it.each([
    ['*.env', 'prod.env', true],
    ['*.env', 'config/prod.env', true],
    ['config/*.env', 'config/prod.env', true],
    ['config/*.env', 'config/old/prod.env', false],
    ['config/**', 'config/old/prod.env', true],
    ['**/prod.env', 'prod.env', true],
    ['**/prod.env', 'a/b/prod.env', true],
    ['**/prod.env', 'a/b/nonprod.env', false],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a/**/b', 'a/x/yb', false],
    ['https://github.com/acme/*', 'https://github.com/acme/shop', true],
    ['https://github.com/acme/*', 'https://github.com/acme/shop/blob/x', false],
    ['https://github.com/acme/**', 'https://github.com/acme/shop/blob/x', true],
    ['Acme/Shop', 'acme/shop', true],
    ['?.py', 'a.py', true],
    ['?.py', '/.py', false],
    ['a?c', 'a/c', false],
    ['*', '', true],
    ['**', 'a/b', true],
    ['a', 'ab', false],
    ['ab', 'a', false],
    ['*a*b', 'xaxxb', true],
    ['*a*b', 'xaxxbc', false],
    ['[a](b)+$', '[a](b)+$', true],
  ])('%s for %s: %s', (glob, text, expected) => expect(globbed(glob)(text)).toBe(expected))

  it('is not kept busy by a file name made for that', () => {
    const started = performance.now()
    expect(globbed('**a**a**a**a**a**a**b')('a'.repeat(4000))).toBe(false)
    expect(globbed('*a*a*a*a*a*a*b')('a'.repeat(4000))).toBe(false)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('what is known of places', () => {
  const place: Place = { file: 'config\\prod.env', at: '2026-03-01T00:00:00Z', exposure: 'internal' }
  const rules: readonly ExposureRule[] = [
    { match: { tool: 'gitleaks', file: 'config/*' }, is: 'public', medium: 'image', since: '2026-01-01T00:00:00Z' },
    { match: { file: '**' }, is: 'internal' },
    { match: { repository: 'acme/*' }, is: 'public' },
  ]
  const of = placing(rules)

  it('wins over the scanner’s word, the first rule that fits, all of whose patterns must', () => {
    expect(of({ tool: 'gitleaks', place })).toEqual({
      ...place,
      exposure: 'public',
      medium: 'image',
      at: '2026-01-01T00:00:00Z',
    })
    expect(of({ tool: 'trivy', place: { ...place, exposure: 'public' } })).toEqual({ ...place, exposure: 'internal' })
    expect(of({ tool: 'trivy', place: { commit: 'c' } })).toEqual({ commit: 'c' })
  })

  it.each([
    'acme/shop',
    'https://github.com/acme/shop.git',
    'https://github.com/acme/shop/',
    'git@github.com:acme/shop.git',
    'ssh://git@github.com/acme/shop',
  ])('knows the repository of %s', repository =>
    expect(of({ tool: 'x', place: { repository } }).exposure).toBe('public'),
  )

  it.each([
    ['https://github.com/acme/shop/blob/6ad16b2/src/ai.py#L232', 'public'],
    ['https://gitlab.com/acme/shop/-/blob/main/a', 'public'],
    ['https://github.com/acmeother/shop/blob/x/a', undefined],
  ])('knows the repository of the link %s', (url, exposure) =>
    expect(of({ tool: 'x', place: { url } }).exposure).toBe(exposure),
  )

  it.each([
    ['https://pastebin.com/abc', 'paste', 'public'],
    ['https://gist.github.com/o/abc', 'paste', 'public'],
    ['https://github.com/o/r/actions/runs/12/job/3', 'ci_log', undefined],
    ['https://acme.slack.com/archives/C1/p2', 'chat', undefined],
    ['https://acme.atlassian.net/browse/T-1', 'ticket', undefined],
    ['https://example.com/pastebin.com/x', undefined, undefined],
  ])('tells from the address %s what it is', (url, medium, exposure) => {
    const told = placing([])({ tool: 'x', place: { url } })
    expect([told.medium, told.exposure]).toEqual([medium, exposure])
  })

  it('does not let an address win over the scanner', () => {
    const said: Place = { url: 'https://pastebin.com/abc', exposure: 'internal' }
    expect(placing([])({ tool: 'x', place: said }).exposure).toBe('internal')
  })
})
