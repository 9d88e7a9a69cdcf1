import { describe, expect, it } from 'vitest'
import { lookUp, points } from '../../src/priority/ssvc-table.ts'

// One block for each exploitation and exposure; one line for each automatable; low, medium, high, very high.
// https://github.com/CERTCC/SSVC/blob/main/data/csv/ssvc/deployer_patch_application_priority_1_0_0.csv
const published = `
none small        no: defer defer scheduled scheduled             yes: defer scheduled scheduled scheduled
none controlled   no: defer scheduled scheduled scheduled         yes: scheduled scheduled scheduled scheduled
none open         no: defer scheduled scheduled scheduled         yes: scheduled scheduled scheduled out-of-cycle
poc small         no: defer scheduled scheduled scheduled         yes: scheduled scheduled scheduled scheduled
poc controlled    no: defer scheduled scheduled scheduled         yes: scheduled scheduled scheduled out-of-cycle
poc open          no: scheduled scheduled scheduled out-of-cycle  yes: scheduled scheduled out-of-cycle out-of-cycle
active small      no: scheduled scheduled out-of-cycle out-of-cycle     yes: scheduled out-of-cycle out-of-cycle out-of-cycle
active controlled no: scheduled scheduled out-of-cycle out-of-cycle     yes: out-of-cycle out-of-cycle out-of-cycle out-of-cycle
active open       no: scheduled out-of-cycle out-of-cycle immediate     yes: out-of-cycle out-of-cycle immediate immediate
`

const decisions: Readonly<Record<string, string>> = {
  defer: 'none',
  scheduled: 'scheduled',
  'out-of-cycle': 'out_of_cycle',
  immediate: 'act_now',
}
const expected = published.split(/\s+/).flatMap(word => decisions[word] ?? [])

describe('the published table', () => {
  const rows = points.exploitation.flatMap(exploitation =>
    points.exposure.flatMap(exposure =>
      points.automatable.flatMap(automatable =>
        points.impact.map(impact => ({ exploitation, exposure, automatable, impact })),
      ),
    ),
  )

  it('has 72 rows', () => expect([rows.length, expected.length]).toEqual([72, 72]))

  it.each(rows.map((inputs, row) => ({ ...inputs, row, decision: expected[row] })))(
    'row $row: $exploitation, $exposure, $automatable, $impact is $decision',
    ({ row, decision, ...inputs }) => expect(lookUp(inputs)).toEqual({ row, decision }),
  )
})
