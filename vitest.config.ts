import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { defineConfig } from 'vitest/config'

const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).map(name => join('test', name))
const texts = new Map(files.filter(name => name.endsWith('.ts')).map(name => [name, readFileSync(name, 'utf8')]))

/** Those files below test/ that replace other modules, among one and all that it imports. */
function replacing(file: string, seen: Set<string>): readonly string[] {
  const text = texts.get(file)
  if (text === undefined || seen.has(file)) return []
  seen.add(file)
  const below = [...text.matchAll(/(?:from|import\() ?'(\.[^']+)'/g)]
  const own = /\bvi\.(?:do)?[mM]ock\(|from 'nock'/.test(text) ? [file] : []
  return [...own, ...below.flatMap(([, path = '']) => replacing(join(dirname(file), path), seen))]
}

const groups = new Map<string, string[]>()
for (const file of texts.keys()) {
  if (!file.endsWith('.test.ts')) continue
  const by = replacing(file, new Set()).toSorted()
  if (by.length === 0) continue
  const group = by.some(each => each.endsWith('.test.ts')) ? 'alone' : by.join()
  groups.set(group, [...(groups.get(group) ?? []), file])
}

/**
 * A process imports the sources once for all files that take them as they are, and once for those that replace the same
 * parts of them by the same file of test/. Who replaces a part in a way of its own has a process of its own.
 */
export default defineConfig({
  test: {
    testTimeout: 30_000,
    // One less, as it is otherwise, is half of the machines that have two.
    maxWorkers: '100%',
    projects: [
      { name: 'together', include: ['test/**/*.test.ts'], exclude: [...groups.values()].flat(), isolate: false },
      ...[...groups].map(([name, include]) => {
        const isolate = name === 'alone'
        // What is replaced holds for one test file, so that it is said again before each.
        return { name, include, isolate, setupFiles: isolate ? [] : name.split(',') }
      }),
    ].map(test => ({ extends: true, test })),
  },
})
