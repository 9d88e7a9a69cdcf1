import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keys, report, run, withNetwork } from './run.ts'
import { file, folder } from './support.ts'

const { stripe, github, hex } = keys
withNetwork()

/** A run on a machine of its own, and commands that follow it there. */
async function checked(...secrets: readonly string[]) {
  const home = folder()
  const environment = { XDG_STATE_HOME: home }
  const first = await run(['check', report(...secrets), '--to', 'json', '--only', 'stripe'], { environment })
  const cases: readonly { readonly id: string; readonly provider: string | null }[] = JSON.parse(first.out).cases
  return {
    cases,
    state: join(home, 'afterleak'),
    explain: (...args: readonly string[]) => run(['explain', ...args], { environment }),
  }
}

describe('explain', () => {
  it('explains a case of the last run, by the beginning of its id', async () => {
    const { cases, explain } = await checked(stripe, github)
    const id = cases.find(({ provider }) => provider === 'stripe')?.id ?? ''
    for (const word of [id, id.slice(0, 9), stripe.slice(-4), 'stripe']) {
      const { code, out } = await explain(word)
      expect(code).toBe(0)
      expect(out).toMatch(/^Stripe secret key sk_live_…\S{4}\nStay calm\. /)
      expect(out).toMatch(/Decision: out of cycle|Decision: scheduled/)
      expect(out).toContain(`Case ${id}`)
    }
  })

  it('needs no id where there is one case', async () => {
    const { explain } = await checked(stripe)
    expect((await explain()).out).toMatch(/^Stripe secret key/)
  })

  it('names the candidates where none or several fit', async () => {
    const { explain } = await checked(stripe, github, hex)
    const none = await explain('nothing-like-it')
    expect([none.code, none.out]).toEqual([2, ''])
    expect(none.error).toMatch(
      /no case of this run begins with "nothing-like-it"\. There are:\n {2}\S+\s+Stripe sk_live_…\S+ {2}live\n/,
    )
    expect((await explain()).error).toMatch(/which case\?/)
  })

  it('reads a report that is named, and writes Markdown and JSON', async () => {
    const { explain } = await checked(stripe)
    const { out } = await run(['check', report(stripe), '--to', 'json'])
    const named = file('run.json', out)
    expect((await explain('stripe', named, '--to', 'markdown')).out).toMatch(/^## Stripe secret key/)
    const json: unknown = JSON.parse((await explain('stripe', named, '--to', 'json')).out)
    expect(json).toMatchObject({
      schema: 1,
      title: expect.stringMatching(/^Stripe/),
      steps: expect.any(Array),
      places: { count: 1 },
      priority: { row: expect.any(Number) },
    })
  })

  it('says what is wrong with its use', async () => {
    expect((await run(['explain', 'x'])).error).toMatch(/there is no run yet on this machine/)
    const { explain } = await checked(stripe)
    expect((await explain('x', 'nowhere.json')).error).toMatch(/nowhere\.json could not be read/)
    expect((await explain('x', '--to', 'html')).error).toMatch(/text, markdown or json/)
  })

  it('refuses a report whose misuse or priority it can not read', async () => {
    const { explain } = await checked(stripe)
    const { out } = await run(['check', report(stripe), '--to', 'json'])
    for (const odd of [
      { misuse: 'yes' },
      { misuse: { p: 1, level: 'likely', sessions: [{}], coverage: [] } },
      { priority: {} },
    ]) {
      const odder = JSON.parse(out)
      odder.cases[0] = { ...odder.cases[0], ...odd }
      const { code, error } = await explain('stripe', file('odd.json', JSON.stringify(odder)))
      expect([code, error]).toEqual([2, expect.stringMatching(/has another form than this version writes/)])
    }
  })

  it('keeps one report, for its owner only, without a secret', async () => {
    const { state, explain } = await checked(stripe)
    await explain('stripe')
    const runs = join(state, 'runs')
    expect(readdirSync(runs).filter(name => name.startsWith('last-report'))).toEqual(['last-report.json'])
    const path = join(runs, 'last-report.json')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readFileSync(path, 'utf8')).not.toContain(stripe.slice(8, 24))
  })

  it('knows how many places there are, though it kept the first', async () => {
    const { explain } = await checked(...Array.from({ length: 45 }, () => stripe))
    expect((await explain('stripe')).out).toMatch(/Found in 45 places, first src\/0\.ts:1\./)
  })
})
