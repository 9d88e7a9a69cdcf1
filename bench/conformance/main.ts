// npm run conformance
// npm run conformance -- --add PROVIDER --file openapi.yaml --repository OWNER/NAME --commit HASH --path PATH --licence SPDX
import { parseArgs } from 'node:util'
import { loadDirectory } from '../../src/catalog/load.ts'
import { askedBy } from '../../test/conformance/asked.ts'
import { conformance, disagreements } from '../../test/conformance/document.ts'
import { add } from './add.ts'

const { values } = parseArgs({
  options: {
    add: { type: 'string' },
    file: { type: 'string', default: '' },
    repository: { type: 'string', default: '' },
    commit: { type: 'string', default: '' },
    path: { type: 'string', default: '' },
    licence: { type: 'string', default: 'none stated' },
    base: { type: 'string' },
  },
})
const { providers } = await loadDirectory('validators')
const asked = providers.flatMap(askedBy)
const say = (text: string): boolean => process.stdout.write(`${text}\n`)

if (values.add !== undefined) {
  const ours = asked.filter(({ provider }) => provider === values.add)
  say(`${values.add}: ${add(values.add, values.file, values, ours)} of ${ours.length} requests`)
} else {
  const held = asked.filter(({ provider }) => conformance.has(provider))
  const found = held.map(one => ({ one, all: disagreements(one, conformance.get(one.provider)?.documents ?? []) }))
  const known = found.filter(({ all }) => !all.some(({ differs }) => differs === 'request'))
  for (const { one, all } of found)
    for (const { request, differs, ours, theirs } of all) {
      const reason = conformance
        .get(one.provider)
        ?.explained?.find(each => each.request === request && each.differs === differs)
      const said = theirs === '' ? 'not in the document' : `the document says ${theirs}`
      say(`${one.provider}  ${request}\n    ${differs}: ${ours}; ${said}\n    ${reason?.because ?? 'NOT EXPLAINED'}`)
    }
  const without = [...new Set(asked.map(({ provider }) => provider).filter(id => !conformance.has(id)))]
  say(`\n${known.length} of ${asked.length} requests stand in a document of their provider's.`)
  say(`Providers without one: ${without.join(', ')}`)
}
