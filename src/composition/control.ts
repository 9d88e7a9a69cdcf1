import { madeUp } from '../catalog/made-up.ts'
import type { CompiledProvider } from '../catalog/schema.ts'
import type { Credential } from '../model/credential.ts'
import { Secret } from '../model/secret.ts'

/**
 * A credential of the same form that nobody has, for `--control`: a provider that calls it live tells nothing with
 * its other answers. It is the same one for a whole run, so that it is asked about once for each kind and host.
 */
export function nobodysCredential(
  { id, kinds }: CompiledProvider,
  { kind }: Credential,
  origin: string,
  seed: Buffer,
): Credential {
  const parts = Object.entries(kinds[kind]?.parts ?? {}).filter(([, { optional }]) => optional === undefined)
  return {
    id: `${id}-control-${kind}`,
    provider: id,
    kind,
    parts: Object.fromEntries(
      parts.map(([name, { example }]) => [
        name,
        { public: false, secret: new Secret(madeUp(example, `${seed.toString('hex')} ${id} ${name}`)) },
      ]),
    ),
    facts: {},
    shown: 'made up',
    host: origin,
  }
}
