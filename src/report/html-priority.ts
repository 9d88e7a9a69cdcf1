import type { Priority } from '../model/priority.ts'
import { anchor, esc, fact, time } from './html-text.ts'
import { urgencyName } from './urgency-words.ts'
import { sentence } from './words.ts'

const table = 'https://github.com/CERTCC/SSVC/blob/main/data/csv/ssvc/deployer_patch_application_priority_1_0_0.csv'

/** Why this decision: four inputs with their reasons, the row of the published table, and rules that decided instead. */
export function priorityReasons(priority: Priority | undefined): string {
  if (priority === undefined) return ''
  const { decision, due, row, overrides, since, exposedSince } = priority
  const points = (['exploitation', 'exposure', 'automatable', 'impact'] as const).map(point =>
    fact(point, `<b>${priority[point].value}</b> ${esc(priority[point].because)}`),
  )
  const by =
    row === undefined
      ? 'a rule that comes before the table'
      : `row ${row} of CERT/CC’s ${anchor(table, 'SSVC deployer table 1.0.0')}`
  const rules = overrides.map(rule => fact('rule', esc(sentence(rule))))
  return `<section class="reasons"><h3>Why: ${urgencyName(decision).toLowerCase()}</h3>
<dl class="facts">
${points.join('')}${fact('decided by', by)}${rules.join('')}${due === undefined ? '' : fact('due', time(due))}${exposedSince === undefined ? '' : fact('public since', time(exposedSince))}${since === undefined ? '' : fact('found since', time(since))}</dl></section>
`
}
