import { validateHeaderValue } from 'node:http'
import { compile } from '../../src/catalog/compile.ts'
import { loadDirectory } from '../../src/catalog/load.ts'
import { madeUp } from '../../src/catalog/made-up.ts'
import type { CompiledProvider, Request } from '../../src/catalog/schema.ts'
import { authenticate } from '../../src/engine/auth/authenticate.ts'
import type { Credential, Part } from '../../src/model/credential.ts'
import { Secret } from '../../src/model/secret.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { providerText } from '../catalog/provider-text.ts'

export const { providers } = await loadDirectory('validators')
export const acme = compiled(providerText)

function compiled(text: string): CompiledProvider {
  const { provider } = compile('acme.yaml', text)
  if (provider === undefined) throw new Error('the sample provider has a fault')
  return provider
}

export function withRequest(request: Partial<Request>, name = 'me'): CompiledProvider {
  const before = acme.requests[name]
  if (before === undefined) throw new Error(`no request ${name}`)
  return { ...acme, requests: { ...acme.requests, [name]: { ...before, ...request } } }
}

/** A made-up credential of one kind; `texts` instead of the examples. */
export function credentialOf({ id, kinds }: CompiledProvider, kind: string, texts: readonly string[] = []): Credential {
  const parts = Object.entries(kinds[kind]?.parts ?? {}).map(([name, part], index): [string, Part] => {
    const text = texts[index] ?? madeUp(part.example, `${id} ${kind} ${name}`)
    return [name, part.public ? { public: true, text } : { public: false, secret: new Secret(text) }]
  })
  return { id: `${id}-1`, provider: id, kind, parts: Object.fromEntries(parts), facts: { region: 'us' }, shown: '…' }
}

export function requestsOf({ sites = [] }: Plan) {
  return sites.flatMap(({ ladder }) => ladder)
}

export function originsOf({ sites = [] }: Plan): readonly string[] {
  return sites.map(({ origin }) => origin)
}

/** The request as it would go over the wire; undefined where the engine or the HTTP library refuses it. */
export function filled(request: Parameters<typeof authenticate>[0]) {
  try {
    const wire = authenticate(request, 'afterleak/test', new Date(0))
    for (const [name, value] of Object.entries(wire.headers)) validateHeaderValue(name, value)
    return wire
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}
