import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadDirectory } from '../src/catalog/load.ts'
import { editorSchema } from '../src/catalog/publish.ts'
import { sendable, surface } from '../src/catalog/surface.ts'

const { providers, faults } = await loadDirectory('validators')
const lines = surface(providers).trimEnd().split('\n')

describe('everything that the tool can ever send', () => {
  it('stands in surface.txt, line by line (node build.js writes it)', () => {
    expect(faults).toEqual([])
    expect(readFileSync('validators/surface.txt', 'utf8').trimEnd().split('\n')).toEqual(lines)
  })

  it('is sorted, each line once, and comes of every file that asks anything', () => {
    expect(lines).toEqual([...new Set(lines)].toSorted())
    const silent = providers.filter(
      ({ kinds, lookup }) => lookup === undefined && Object.values(kinds).every(({ probe }) => probe === undefined),
    )
    const files = readdirSync('validators').filter(name => name.endsWith('.yaml'))
    expect(silent.map(({ id }) => id)).toEqual(['nuget', 'pypi'])
    expect(new Set(lines.map(line => line.split('\t')[0]))).toEqual(
      new Set(files.map(name => name.replace('.yaml', '')).filter(id => !silent.some(provider => provider.id === id))),
    )
  })

  it.each(lines)('goes by TLS, to a named host, by a method that only reads: %s', line => {
    const [, use, method, url = ''] = line.split('\t')
    expect(['probe', 'lookup', 'usage']).toContain(use)
    expect(['GET', 'HEAD', 'POST', 'LOGIN']).toContain(method)
    if (method === 'LOGIN') {
      expect(url).toMatch(/^(?:postgresql|mysql|redis|mongodb|amqp):\/\/\{host\}\/$/)
      return
    }
    expect(url).toMatch(
      /^https:\/\/(?:\{[a-z_]+\}\.|cloudtrail\.\{trail_region\}\.)?[a-z0-9.-]+\/|^https:\/\/\{host\}\//,
    )
  })

  it('has a reason with a link for every POST and every sign-in', () => {
    for (const one of providers.flatMap(sendable))
      if (one.method !== 'GET' && one.method !== 'HEAD') expect(one.safe).toMatch(/https:\/\/\S+/)
  })
})

it('publishes the schema that the program itself uses (node build.js writes it)', () => {
  expect(readFileSync('validators/schema.json', 'utf8')).toBe(editorSchema())
})
