import { vi } from 'vitest'
import type * as Load from '../../src/catalog/load.ts'
import type * as Run from '../../src/composition/run.ts'
import { catalog, simulated } from './simulated.ts'

export { answering, simulated } from './simulated.ts'

vi.mock('../../src/composition/run.ts', async original => {
  const real = await original<typeof Run>()
  return {
    ...real,
    openRun: ((providers, settings, keyring) => {
      const { network } = simulated
      const route = (host: string) => network?.route(host) ?? { address: '127.0.0.1', port: 9 }
      return real.openRun(
        providers,
        { ...settings, route, ...(network !== undefined && { ca: [network.ca] }) },
        keyring,
      )
    }) satisfies typeof real.openRun,
  }
})

vi.mock('../../src/catalog/load.ts', async original => {
  const real = await original<typeof Load>()
  return {
    ...real,
    loadCatalog: (options: { readonly directory?: string } = {}) => real.loadCatalog({ ...options, from: catalog }),
  }
})
