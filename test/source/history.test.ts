import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { baseline, commit, folder, git, gitleaks, hasGit, put, readBackOf, repository, stripe } from './support.ts'

const key = stripe('one')
const other = stripe('two')
const line = (value: string): string => `key = "${value}"\n`

describe.skipIf(!hasGit)('a repository', () => {
  it('shows a commit as it was, though the line has gone since', async () => {
    const { root, first } = repository({ 'app.py': line(key) })
    put(root, 'app.py', 'key = os.environ["KEY"]\n')
    commit(root)
    expect((await readBackOf([gitleaks({ Commit: first })], [root])).values).toEqual([key])
  })

  it('shows it though the file has another name since, and by a short id too', async () => {
    const { root, first } = repository({ 'old/app.py': line(key) })
    git(root, 'mv', 'old/app.py', 'new.py')
    commit(root)
    const findings = [first, first.slice(0, 10)].map(Commit => gitleaks({ Commit, File: 'old/app.py' }))
    expect((await readBackOf(findings, [root])).values).toEqual([key, key])
  })

  it('is read where it is bare, by commit and at its head', async () => {
    const { root, first } = repository({ 'app.py': line(key) })
    const bare = folder()
    git(root, 'clone', '--quiet', '--bare', root, bare)
    const found = [gitleaks({ Commit: first }), gitleaks({}), gitleaks({ File: '/builds/group/project/app.py' })]
    expect((await readBackOf(found, [bare])).values).toEqual([key, key, key])
  })

  it('is met by the end of a path where the report began at a folder further in', async () => {
    const { root, first } = repository({ 'services/pay/app.py': line(key), 'other/app.py': line(other) })
    const bare = folder()
    git(root, 'clone', '--quiet', '--bare', root, bare)
    const found = [
      gitleaks({ File: 'pay/app.py', Commit: first }),
      gitleaks({ File: 'pay/app.py' }),
      gitleaks({ Commit: first }),
    ]
    expect((await readBackOf(found, [bare])).values).toEqual([key, key, 'redacted'])
  })

  it('is read through a linked worktree', async () => {
    const { root, first } = repository({ 'app.py': line(key) })
    const linked = join(folder(), 'linked')
    git(root, 'worktree', 'add', '--quiet', '--detach', linked)
    expect((await readBackOf([gitleaks({ Commit: first })], [linked])).values).toEqual([key])
  })

  it('tells an old value without a commit, if every version that has one agrees', async () => {
    const { root } = repository({ 'app.py': line(key) })
    put(root, 'app.py', 'key = os.environ["KEY"]\n')
    commit(root)
    expect((await readBackOf([gitleaks({})], [root])).values).toEqual([key])
    put(root, 'app.py', line(other))
    commit(root)
    put(root, 'app.py', 'gone\n')
    commit(root)
    const { values, said } = await readBackOf([gitleaks({})], [root])
    expect(values).toEqual(['redacted'])
    expect(said[0]).toContain('several texts there could be it 1')
  })

  it('finds a hashed value in a version of a file that is no longer there', async () => {
    const { root } = repository({ 'app.py': line(key), 'rest.py': '' })
    put(root, 'app.py', line(other))
    commit(root)
    git(root, 'rm', '--quiet', 'app.py')
    commit(root)
    const { values, by } = await readBackOf(baseline({ secret: key, line: 5 }), [root])
    expect({ values, by }).toEqual({ values: [key], by: ['hash'] })
  })

  it('does not take the value of another commit for that of one that is not there', async () => {
    const { root } = repository({ 'app.py': line(key) })
    const { values, said } = await readBackOf([gitleaks({ Commit: '0123456789'.repeat(4) })], [root])
    expect(values).toEqual(['redacted'])
    expect(said[0]).toContain('commit not there 1')
  })

  it('shows a line that a commit took away in the commit before', async () => {
    const { root } = repository({ 'app.py': line(key) })
    put(root, 'app.py', '\n')
    const sha = commit(root)
    const match = {
      name: 'apikey',
      indice_start: 40,
      indice_end: 40 + key.length,
      pre_line_start: 1,
      post_line_start: null,
    }
    const found = [
      { incident_id: 1, incident: { detector: { name: 'stripe' } }, filepath: 'app.py', sha, matches: [match] },
    ]
    expect((await readBackOf(found, [root])).values).toEqual([key])
  })

  it('shows the blob that an alert names, whatever its path is called', async () => {
    const { root } = repository({ 'app.py': line(key) })
    const blob_sha = git(root, 'rev-parse', 'HEAD:app.py')
    const details = {
      path: 'gone.py',
      start_line: 1,
      end_line: 1,
      start_column: 8,
      end_column: 7 + key.length,
      blob_sha,
      commit_sha: blob_sha,
    }
    expect((await readBackOf([{ type: 'commit', details }], [root])).values).toEqual([key])
  })

  it.each(['--all', '-h', 'HEAD', 'main', '--output=/tmp/x', 'HEAD:app.py\nHEAD', '@{u}', ':/key'])(
    'takes nothing but an id for a commit: not %j',
    async Commit => {
      const { root } = repository({ 'app.py': line(key) })
      expect((await readBackOf([gitleaks({ Commit })], [root])).values).toEqual(['redacted'])
    },
  )

  it('runs nothing that its configuration names', async () => {
    const { root, first } = repository({ 'app.py': line(key) })
    put(root, 'app.py', 'gone\n')
    commit(root)
    const trap = join(folder(), 'sprung')
    put(root, 'trap.sh', `#!/bin/sh\ntouch ${trap}\n`)
    const run = `sh ${join(root, 'trap.sh')}`
    for (const [name, value] of [
      ['core.fsmonitor', run],
      ['core.pager', run],
      ['core.sshCommand', run],
      ['core.hooksPath', root],
      ['log.showSignature', 'true'],
      ['gpg.program', join(root, 'trap.sh')],
      ['diff.external', run],
      ['filter.x.smudge', run],
      ['diff.x.textconv', run],
      ['remote.origin.url', `ext::${run}`],
      ['remote.origin.promisor', 'true'],
      ['extensions.partialClone', 'origin'],
      ['protocol.ext.allow', 'always'],
    ] as const)
      git(root, 'config', name, value)
    writeFileSync(join(root, '.gitattributes'), '* filter=x diff=x\n')
    const found = [gitleaks({ Commit: first }), gitleaks({}), gitleaks({ Commit: 'f'.repeat(40) })]
    expect((await readBackOf(found, [root])).values).toEqual([key, key, 'redacted'])
    expect(existsSync(trap)).toBe(false)
  })
})

describe('without Git', () => {
  it('files as they are are read, and it is said that commits are not', async () => {
    const root = folder({ 'app.py': line(key), '.git/HEAD': 'ref: refs/heads/main\n' })
    const found = [gitleaks({}), gitleaks({ Commit: 'a'.repeat(40) })]
    const { values, said } = await readBackOf(found, [root], { path: folder() })
    expect(values).toEqual([key, 'redacted'])
    expect(said[0]).toContain('Git could not be started 1')
    expect(said[1]).toMatch(/^Git could not be started/)
  })
})
