import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { program } from '../src/cli/program.ts'
import { fakeTerminal, folder } from './cli/support.ts'

const examples = readdirSync('examples')
const textOf = (name: string): string => readFileSync(join('examples', name), 'utf8')
const commands = examples.flatMap(name =>
  [...textOf(name).matchAll(/\bafterleak ((?:check|watch|investigate)\b[^'"|<>\n]*)/g)].map(([, rest = '']) => ({
    name,
    args: rest
      .replaceAll('$report', 'r.json')
      .replace(/\s*\|\|.*$/, '')
      .trim()
      .split(/\s+/),
  })),
)

describe('examples', () => {
  it.each(examples.filter(name => name.endsWith('.yml')))('%s is YAML', name => {
    expect(parse(textOf(name))).toBeTypeOf('object')
  })

  it.each(commands)('$name: afterleak $args is understood', async ({ args }) => {
    const terminal = fakeTerminal()
    await program(terminal, args[0] === 'watch' ? args : [...args, '--dry-run'])
    expect(terminal.written.error).not.toMatch(/unknown (?:option|command)|too many arguments|is not a/)
  })

  it('holds one for each place that they are promised for', () => {
    expect(new Set(commands.map(({ name }) => name)).size).toBe(9)
  })
})

describe('the hooks', () => {
  /** A repository with a hook, a scanner that finds what stands in `key`, and an afterleak that ends as it is told. */
  function repository(hook: string, code: number) {
    const home = folder()
    const git = (...args: string[]): string =>
      execFileSync('git', ['-C', home, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
        encoding: 'utf8',
        env: { PATH: `${join(home, 'bin')}:${process.env.PATH ?? ''}`, HOME: home },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
    git('init', '-q', '-b', 'main')
    mkdirSync(join(home, 'bin'))
    const script = (name: string, text: string): void => {
      writeFileSync(join(home, 'bin', name), `#!/bin/sh\n${text}\n`)
      chmodSync(join(home, 'bin', name), 0o755)
    }
    script('gitleaks', `echo "gitleaks $*" >> ${home}/calls`)
    script('afterleak', `echo "afterleak $*" >> ${home}/calls; exit ${code}`)
    copyFileSync(resolve('examples', hook), join(home, '.git', 'hooks', hook))
    writeFileSync(join(home, 'file'), 'text')
    git('add', 'file')
    return { git, home, calls: (): string => readFileSync(join(home, 'calls'), 'utf8') }
  }

  it('keep a key that works from being committed, and nothing else', () => {
    const good = repository('pre-commit', 0)
    good.git('commit', '-q', '-m', 'fine')
    expect(good.calls()).toMatch(/^gitleaks git --staged .*\nafterleak check \S+ --fail-on live\n$/)
    const unsure = repository('pre-commit', 2)
    expect(() => unsure.git('commit', '-q', '-m', 'unsure')).toThrow(/could not be checked/)
    const bad = repository('pre-commit', 1)
    expect(() => bad.git('commit', '-q', '-m', 'bad')).toThrow(/Not committed/)
  })

  it('keep a key that works from being pushed, and look only at what is new', () => {
    for (const code of [0, 1]) {
      const { git, calls } = repository('pre-push', code)
      git('commit', '-q', '-m', 'first')
      const other = folder()
      execFileSync('git', ['init', '-q', '--bare', other])
      git('remote', 'add', 'origin', other)
      const push = (): string => git('push', '-q', 'origin', 'main')
      if (code === 1) expect(push).toThrow(/Not pushed/)
      else {
        push()
        expect(calls()).toContain('--not --remotes')
        git('commit', '-q', '--allow-empty', '-m', 'second')
        push()
        expect(calls()).toMatch(/--log-opts [0-9a-f]{40}\.\.[0-9a-f]{40} /)
      }
    }
  })
})
