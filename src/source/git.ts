import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import type { Readable, Writable } from 'node:stream'

/**
 * Nothing of the user's or the repository's configuration may make Git run a program, ask, write or use the network:
 * a repository is evidence, and may be hostile. https://git-scm.com/docs/git#_environment_variables
 */
const environment: Readonly<Record<string, string>> = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_PAGER: 'cat',
  LC_ALL: 'C',
}

const settings = [
  'protocol.allow=never',
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'log.showSignature=false',
].flatMap(setting => ['-c', setting])

/** A Git that was started on one repository. `path` is where programs are looked for; the system's own folders if absent. */
export function git(
  folder: string,
  args: readonly string[],
  path: string | undefined,
): ChildProcessByStdio<Writable, Readable, null> {
  return spawn('git', ['--no-pager', '--literal-pathspecs', ...settings, `--git-dir=${folder}`, ...args], {
    env: { ...environment, ...(path !== undefined && { PATH: path }) },
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  })
}

/** Git's own folder of a checkout, a linked worktree or a bare repository; undefined where the folder is none of them. */
export async function gitFolder(root: string): Promise<string | undefined> {
  const own = join(root, '.git')
  if (await isFolder(own)) return own
  const text = await readFile(own, { encoding: 'utf8' }).catch(() => '')
  const [, named] = /^gitdir: ([^\n\0]+)\n?$/.exec(text) ?? []
  if (named !== undefined) {
    const linked = isAbsolute(named) ? named : resolve(root, named)
    return (await isFolder(linked)) ? linked : undefined
  }
  const bare = (await isFolder(join(root, 'objects'))) && (await isFolder(join(root, 'refs')))
  return bare &&
    (await stat(join(root, 'HEAD')).then(
      found => found.isFile(),
      () => false,
    ))
    ? root
    : undefined
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
}
