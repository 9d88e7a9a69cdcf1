import { readFile } from 'node:fs/promises'
import { Catalog } from '../src/catalog/catalog.ts'
import { madeUp } from '../src/catalog/made-up.ts'
import type { CompiledProvider } from '../src/catalog/schema.ts'
import type { Finding } from '../src/model/finding.ts'
import type { Keyring } from '../src/model/keyring.ts'

/** Stripe's file under other names, hosts and limits: one made-up provider for each pace. */
export async function stripes(
  paces: readonly { readonly host: string; readonly perSecond: number; readonly atOnce: number }[],
): Promise<Catalog> {
  const all: readonly CompiledProvider[] = JSON.parse(await readFile('dist/catalog.json', 'utf8'))
  const stripe = all.find(({ id }) => id === 'stripe')
  if (stripe === undefined) throw new Error('dist/catalog.json has no stripe: npm run build')
  return new Catalog(
    paces.map(({ host, perSecond, atOnce }, index) => ({
      ...stripe,
      id: `stripe-${index}`,
      hosts: [host],
      limit: { ...stripe.limit, per_second: perSecond, at_once: atOnce },
    })),
  )
}

export async function* keysOf(keyring: Keyring, providers: number, keys: number): AsyncGenerator<Finding> {
  for (let key = 0; key < keys; key++)
    for (let provider = 0; provider < providers; provider++)
      yield {
        tool: 'lines',
        provider: `stripe-${provider}`,
        value: keyring.of(madeUp('sk_live_{alnum:34}', `${provider} ${key}`)),
        place: { file: 'keys', line: key + 1 },
      }
}
