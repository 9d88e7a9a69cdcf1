import { describe, expect, it } from 'vitest'
import { made } from '../identify/support.ts'
import { keys, report, run, withNetwork } from './run.ts'
import { file } from './support.ts'

const { stripe, hex } = keys
withNetwork()

describe('exit codes', () => {
  const dead = made('dead').stripe
  it.each<readonly [string, () => readonly string[], 0 | 1 | 2 | 3]>([
    ['all dead', () => [report(dead)], 0],
    ['something live', () => [report(stripe, dead)], 1],
    ['something undecided', () => [report(dead, hex)], 3],
    ['something live and something undecided', () => [report(stripe, hex)], 1],
    ['nothing found', () => [file('empty.json', '[]')], 0],
    ['only what needs no asking', () => [report(`sk_live_${'x'.repeat(24)}`)], 0],
    ['something that was not touched', () => [report(dead), '--no-touch'], 3],
    ['one input of two unreadable', () => [report(dead), '/nowhere.json'], 3],
    ['one input of two unreadable, and something live', () => [report(stripe), '/nowhere.json'], 1],
    ['every input unreadable', () => ['/nowhere.json', '/elsewhere.json'], 2],
    ['something live, --fail-on never', () => [report(stripe), '--fail-on', 'never'], 0],
    ['something undecided, --fail-on live', () => [report(hex), '--fail-on', 'live'], 0],
    ['something live, --fail-on live', () => [report(stripe), '--fail-on', 'live'], 1],
    ['a dry run', () => [report(stripe), '--dry-run'], 0],
    ['a dry run of nothing readable', () => ['/nowhere.json', '--dry-run'], 2],
  ])('after %s', async (_, args, expected) => expect((await run(['check', ...args()])).code).toBe(expected))
})
