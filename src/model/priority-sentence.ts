import type { Decision, Priority } from './priority.ts'

/** The table's name as it is printed beside its row. */
const tableName = 'SSVC deployer 1.0.0'

const words: Readonly<Record<Decision, string>> = {
  act_now: 'act now',
  out_of_cycle: 'out of cycle',
  scheduled: 'scheduled',
  investigate: 'investigate',
  none: 'none',
}

/** The decision with every input and what decided: `act now: exploitation=active (…) … [SSVC deployer 1.0.0 row 70]`. */
export function prioritySentence(priority: Priority): string {
  const { decision, row, overrides } = priority
  const inputs = (['exploitation', 'exposure', 'automatable', 'impact'] as const).map(
    point => `${point}=${priority[point].value} (${priority[point].because})`,
  )
  const [first, ...rest] = overrides
  const decided = row === undefined ? `rule ${first ?? 'unnamed'}` : `${tableName} row ${row}`
  const also = row === undefined ? rest : overrides
  return `${words[decision]}: ${inputs.join(' ')} [${[decided, ...also].join('; ')}]`
}
