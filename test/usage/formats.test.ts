import { describe, expect, it } from 'vitest'
import { logFormats } from '../../src/usage/formats.ts'
import { at } from './example.ts'
import { accounts } from './examples-accounts.ts'
import { cloud } from './examples-cloud.ts'
import { code } from './examples-code.ts'
import { directories } from './examples-directories.ts'
import { services } from './examples-services.ts'
import { systems } from './examples-systems.ts'
import { eventsIn, read } from './support.ts'

const json = [...code, ...cloud, ...accounts, ...directories, ...services, ...systems]

describe('logs in JSON', () => {
  it.each(json)('reads %s', async (_what, record, event) => {
    expect(await eventsIn(JSON.stringify(record))).toEqual([expect.objectContaining({ at, ...event })])
  })

  it.each(json)('reads %s in an array, in lines and in a collector’s wrapping', async (_what, record, event) => {
    const wrapped = [
      JSON.stringify([record, record], null, 1),
      `${JSON.stringify(record)}\n${JSON.stringify(record)}\n`,
      JSON.stringify({ hits: { hits: [{ _source: record }, { _source: record }] } }),
      `${JSON.stringify({ message: JSON.stringify(record) })}\n${JSON.stringify({ message: JSON.stringify(record) })}\n`,
    ]
    for (const text of wrapped) {
      const found = await eventsIn(text)
      expect(found).toHaveLength(2)
      expect(found[0]).toMatchObject(event)
    }
  })

  it('reads records of different logs from one file', async () => {
    const text = json.map(([, record]) => JSON.stringify(record)).join('\n')
    const { events, warnings } = await read(text)
    expect(warnings).toEqual([])
    expect(events.map(({ source }) => source)).toEqual(json.map(([, , { source }]) => source))
  })

  it('has an example of every log that comes as JSON', () => {
    const shown = new Set(json.map(([, , { source }]) => source))
    const inJson = logFormats.filter(({ json: shape }) => shape !== undefined).map(({ id }) => id)
    expect(inJson.filter(id => !shown.has(id) && id !== 'cloudtrail')).toEqual([])
  })
})
