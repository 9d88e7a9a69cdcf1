import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { folder } from './cli/support.ts'
import { pythonServerFile, titled } from './servers/server.ts'
import { buildCommand, type Command } from './store/command.ts'

const textOf = (name: string): string => readFileSync(join('examples', name), 'utf8')
const lists = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

/** The commands of a job, in their order: what stands under `run` or `script`, and in Jenkins' `sh`. */
function scriptOf(name: string): readonly string[] {
  if (name === 'Jenkinsfile') return [...textOf(name).matchAll(/\bsh '([^']*)'/g)].map(([, line = '']) => line)
  const lines: string[] = []
  JSON.stringify(parse(textOf(name)), (key, value: unknown) => {
    if (key === 'run' || key === 'script') lines.push(...lists(value).filter(line => typeof line === 'string'))
    return value
  })
  return lines
}

const jobs = [
  ['github-actions.yml', 'github-workflows', 'afterleak.sarif'],
  ['gitlab-ci.yml', 'gitlab-ci', 'afterleak.xml'],
  ['circleci.yml', 'circle-ci', 'results/afterleak.xml'],
  ['travis.yml', 'travis', undefined],
  ['bitbucket-pipelines.yml', 'bitbucket-pipelines', 'test-results/afterleak.xml'],
  ['Jenkinsfile', undefined, 'afterleak.xml'],
] as const

// Schemas of others, as published: https://github.com/python-jsonschema/check-jsonschema carries them with it.
const checker = pythonServerFile('check-jsonschema')

describe.skipIf(checker === undefined)(titled('by the schema that its service publishes,', checker), () => {
  it.each(jobs.filter(([, schema]) => schema !== undefined))('%s is sound', (name, schema) => {
    const { status, stdout } = spawnSync(
      checker ?? '',
      ['--builtin-schema', `vendor.${schema}`, join('examples', name)],
      {
        encoding: 'utf8',
      },
    )
    expect([status, stdout]).toEqual([0, expect.stringContaining('ok')])
  })
})

/** `docker run … IMAGE COMMAND` as it would be on a machine with docker: gitleaks writes a report; node's image runs what it is given. */
const docker = `#!/usr/bin/env bash
set -euo pipefail
[ "$1" = run ] && shift
while [[ $1 == -* ]]; do case $1 in -v | -w) shift 2 ;; *) shift ;; esac; done
image=$1 && shift
case $image in
  zricethezav/gitleaks:*)
    [ "$1 $2" = 'git /repo' ]
    to=\${*: -1}
    if [ "$to" = - ]; then cat "$REPORT"; else cat "$REPORT" > "$PWD\${to#/repo}"; fi ;;
  node:*) "$@" ;;
  *) exit 125 ;;
esac
`

describe('the commands of', () => {
  let command: Command
  beforeAll(async () => {
    command = await buildCommand()
  }, 60_000)
  afterAll(() => command.remove())

  /** Runs them as a job does, in a repository of its own: until the first that fails. */
  function job(name: string, afterleak: string) {
    const home = folder()
    execFileSync('git', ['init', '-q', home])
    mkdirSync(join(home, 'bin'))
    const program = (called: string, text: string): void =>
      writeFileSync(join(home, 'bin', called), text, { mode: 0o755 })
    program('docker', docker)
    program('npx', `#!/bin/sh\n[ "$1 $2" = '--yes afterleak' ] && shift 2 && ${afterleak}\n`)
    const report = join(home, 'report.json')
    writeFileSync(report, '[]')
    // GitLab's own scanner has left its report.
    if (name === 'gitlab-ci.yml')
      writeFileSync(
        join(home, 'gl-secret-detection-report.json'),
        JSON.stringify({ version: '15.0.0', scan: { type: 'secret_detection' }, vulnerabilities: [] }),
      )
    const env = {
      PATH: `${join(home, 'bin')}:${process.env['PATH'] ?? ''}`,
      HOME: home,
      XDG_STATE_HOME: join(home, 'state'),
      REPORT: report,
    }
    const { status, stderr } = spawnSync('bash', ['-ec', scriptOf(name).join('\n')], {
      cwd: home,
      env,
      encoding: 'utf8',
    })
    return { status, stderr, home }
  }

  it.each(jobs)('%s run, and leave what the next step takes', (name, _schema, left) => {
    expect(scriptOf(name).length).toBeGreaterThan(0)
    const { status, stderr, home } = job(name, `exec "${process.execPath}" "${command.file}" "$@"`)
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('rror')])
    if (left !== undefined) expect(existsSync(join(home, left))).toBe(true)
  })

  it.each(jobs)('%s fail where a key works', name => {
    expect(job(name, 'exit 1').status).toBe(1)
  })
})
