import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { takeTurn } from '../../src/store/turn.ts'
import { folder } from '../cli/support.ts'

describe('a turn', () => {
  it('is had by one at a time, and is free again when it is given back', async () => {
    const file = join(folder(), 'turn.db')
    const [first, second] = [await takeTurn(file), await takeTurn(file)]
    expect([first === undefined, second]).toEqual([false, undefined])
    first?.end()
    const third = await takeTurn(file)
    expect(third).toBeDefined()
    third?.end()
  })

  it('of a process that was killed is free at once', async () => {
    const place = folder()
    const [file, script] = [join(place, 'turn.db'), 'node_modules/.cache/afterleak-test/holds-turn.js']
    const contents = `import { takeTurn } from './src/store/turn.ts'
      const turn = await takeTurn(${JSON.stringify(file)})
      console.log(turn === undefined ? 'no' : 'yes')
      setInterval(() => turn, 1000)`
    const stdin = { contents, resolveDir: process.cwd(), loader: 'ts' } as const
    const options = { bundle: true, format: 'esm', platform: 'node', packages: 'external' } as const
    await build({ ...options, stdin, outfile: script })
    const child: ChildProcess = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const said = await new Promise(resolve => child.stdout?.once('data', resolve))
    expect(String(said)).toBe('yes\n')
    expect(await takeTurn(file)).toBeUndefined()
    const over = new Promise(resolve => child.once('exit', resolve))
    child.kill('SIGKILL')
    await over
    const turn = await takeTurn(file)
    expect(turn).toBeDefined()
    turn?.end()
  }, 30_000)
})
