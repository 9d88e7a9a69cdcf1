import type { Decision, Priority } from '../model/priority.ts'

/** The values of each decision point, in the order in which the table counts. */
export const points = {
  exploitation: ['none', 'public poc', 'active'],
  exposure: ['small', 'controlled', 'open'],
  automatable: ['no', 'yes'],
  impact: ['low', 'medium', 'high', 'very high'],
} as const satisfies {
  readonly [Point in 'exploitation' | 'exposure' | 'automatable' | 'impact']: readonly Priority[Point]['value'][]
}

/** What stands in one cell of the table's four inputs. */
export interface Inputs {
  readonly exploitation: (typeof points.exploitation)[number]
  readonly exposure: (typeof points.exposure)[number]
  readonly automatable: (typeof points.automatable)[number]
  readonly impact: (typeof points.impact)[number]
}

/**
 * The outcomes of CERT/CC's "Deployer Patch Application Priority" 1.0.0, row by row: defer, scheduled, out of cycle, immediate.
 * https://github.com/CERTCC/SSVC/blob/main/data/csv/ssvc/deployer_patch_application_priority_1_0_0.csv
 * Copyright Carnegie Mellon University; data and code there are under an MIT (SEI)-style licence (LICENSE in that repository).
 */
const outcomes = 'ddssdsssdsssssssdssssssodsssssssdssssssosssossoossoosooossoooooosooiooii'

const decisions: Readonly<Record<string, Decision>> = { d: 'none', s: 'scheduled', o: 'out_of_cycle', i: 'act_now' }

/** The row for four inputs, by the table's own number, and what it says. */
export function lookUp(inputs: Inputs): { readonly row: number; readonly decision: Decision } {
  const { exploitation, exposure, automatable, impact } = points
  const row =
    ((exploitation.indexOf(inputs.exploitation) * exposure.length + exposure.indexOf(inputs.exposure)) *
      automatable.length +
      automatable.indexOf(inputs.automatable)) *
      impact.length +
    impact.indexOf(inputs.impact)
  return { row, decision: decisions[outcomes[row] ?? ''] ?? 'scheduled' }
}
