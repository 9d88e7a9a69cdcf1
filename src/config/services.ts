import { z } from 'zod'
import type { Warning } from '../model/finding.ts'
import type { Service } from '../model/inventory.ts'
import { csvRecords } from '../text/csv-rows.ts'
import { Notes } from '../text/notes.ts'
import type { Row } from '../text/row.ts'
import { whyNotNetwork } from './network.ts'

const Networks = z.array(
  z.string().superRefine((text, ctx) => {
    const why = whyNotNetwork(text)
    if (why !== undefined) ctx.addIssue({ code: 'custom', message: why })
  }),
)
const Words = z.array(z.string().min(1))

/** The services that use keys: here, or in a table of their own. */
export const servicesShape = {
  services: z
    .record(
      z.string().min(1),
      z.strictObject({
        owner: z.string().optional().describe('Whom to tell before a key is revoked.'),
        networks: Networks.optional().describe('Where it calls from.'),
        user_agents: Words.optional().describe('Beginnings of its user agents.'),
        stores: Words.optional().describe('Where it reads its keys.'),
        keys: Words.optional().describe('Keys that it uses: a label, or the beginning of an id.'),
      }),
    )
    .optional()
    .describe('Service → how logs know it.'),
  inventory: z
    .string()
    .optional()
    .describe('A CSV file with columns service, owner, networks, user_agents, stores, keys.'),
}

type Services = z.infer<typeof servicesShape.services>

/** Services of the configuration as the rest of the program has them. */
export function servicesOf(services: Services): readonly Service[] {
  return Object.entries(services ?? {}).map(
    ([name, { owner, networks = [], user_agents: userAgents = [], stores = [], keys = [] }]) => ({
      name,
      owner,
      networks,
      userAgents,
      stores,
      keys,
    }),
  )
}

/** Services of a table, a row each; several values of a cell stand between semicolons or spaces. */
export async function readServices(
  file: string,
  text: string,
  warn: (warning: Warning) => void,
): Promise<readonly Service[]> {
  const notes = new Notes(file, warn)
  const services: Service[] = []
  let line = 1
  for await (const row of csvRecords(once(text), notes)) {
    line += 1
    const several = (name: string): readonly string[] =>
      cellOf(row, name)
        .split(/[;\s]+/)
        .filter(word => word !== '')
    const name = cellOf(row, 'service').trim()
    const networks = several('networks')
    const bad = networks.map(whyNotNetwork).find(why => why !== undefined)
    if (name === '' || bad !== undefined) {
      warn({ file, line, message: `This row was left out: ${bad ?? 'it names no service.'}` })
      continue
    }
    const owner = cellOf(row, 'owner').trim()
    services.push({
      name,
      owner: owner === '' ? undefined : owner,
      networks,
      userAgents: several('useragents'),
      stores: several('stores'),
      keys: several('keys'),
    })
  }
  notes.end()
  return services
}

function cellOf(row: Row, name: string): string {
  const cell = row[name]
  return typeof cell === 'string' ? cell : ''
}

async function* once(text: string): AsyncGenerator<string> {
  yield text
}
