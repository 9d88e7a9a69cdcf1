import { execFileSync } from 'node:child_process'
import { transformSync } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { variablesOf } from '../../src/report/snippet-names.ts'
import { snippets } from '../../src/report/snippets.ts'
import { shipped } from '../identify/support.ts'

const kinds = shipped.flatMap(provider =>
  Object.keys(provider.kinds).map(kind => ({ provider, kind, id: `${provider.id} ${kind}` })),
)

describe('a snippet', () => {
  const all = kinds.flatMap(({ provider, kind, id }) =>
    snippets(variablesOf(provider, kind), `${provider.id}/${kind}`).map(one => ({ ...one, id })),
  )
  const of = (language: string) => all.filter(one => one.language === language)

  it('names variables as the provider does', () => {
    const names = (id: string, kind: string) =>
      variablesOf(shipped.find(one => one.id === id) ?? { id, kinds: {} }, kind).map(({ name }) => name)
    expect(names('aws', 'access-key')).toEqual(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])
    expect(names('stripe', 'secret-key')).toEqual(['STRIPE_SECRET_KEY'])
    expect(names('nobody', 'key')).toEqual([])
  })

  it('names every variable once', () => {
    for (const { provider, kind } of kinds) {
      const names = variablesOf(provider, kind).map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
      for (const name of names) expect(name).toMatch(/^[A-Z][A-Z0-9_]*$/)
    }
  })

  it('is JavaScript that parses', () => {
    const own = kinds.filter(({ provider }) => provider.id === 'vault' || provider.id === 'conjur')
    expect(of('javascript').length).toBe(kinds.length * 4 - own.length)
    for (const { code } of of('javascript'))
      expect(() => transformSync(code, { format: 'esm', target: 'es2023' })).not.toThrow()
  })

  it('is a shell script that parses', () => {
    for (const chunk of of('shell')) expect(chunk.code).not.toMatch(/[\u2018\u2019]/)
    execFileSync('sh', ['-n'], {
      input: of('shell')
        .map(({ code }) => code)
        .join('\n'),
    })
  })

  it.skipIf(!hasPython())('is Python that parses', () => {
    const program = 'import ast, json, sys\nfor code in json.load(sys.stdin): ast.parse(code)'
    execFileSync('python3', ['-c', program], { input: JSON.stringify(of('python').map(({ code }) => code)) })
  })

  it('reads from the environment as it says', () => {
    const run = (environment: Record<string, string>) => {
      const code =
        all.find(one => one.id === 'stripe secret-key' && one.store === 'environment' && one.language === 'shell')
          ?.code ?? ''
      return () => execFileSync('sh', ['-c', code], { env: environment, stdio: 'pipe' })
    }
    expect(run({})).toThrow(/is not set/)
    expect(run({ STRIPE_SECRET_KEY: 'x' })).not.toThrow()
  })
})

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}
