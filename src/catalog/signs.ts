import type { CompiledProvider, Kind } from './schema.ts'

/** Whether a part is only ever signed with, so that its text never leaves, to whomever the signature goes. */
export function onlySigns(provider: CompiledProvider, kind: Kind, part: string): boolean {
  return (kind.probe ?? []).every(name => {
    const { request, body, headers, auth } = provider.requests[name] ?? { request: `{${part}}` }
    const used = auth ?? kind.auth ?? provider.auth
    if (!('sigv4' in used)) return false
    const { secret: _signedWith, ...sent } = used.sigv4
    return !JSON.stringify([request, body, headers, provider.headers, sent]).includes(`{${part}}`)
  })
}
