import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { type Import, importsIn, mentionedIn, root } from './source-code.ts'

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))
const sources = new Map(files.map(file => [file, readFileSync(join(root, file), 'utf8')]))
const imports = files.flatMap(importsOf)

const stages = [
  'finding',
  'source',
  'identify',
  'lookup',
  'plan',
  'probe',
  'verdict',
  'usage',
  'signals',
  'priority',
  'report',
  'watch',
]
const below = ['address', 'catalog', 'config', 'engine', 'ledger', 'reference', 'store', 'text']
/** Who may open sockets, besides the composition roots. */
const connected = ['lookup', 'probe', 'usage', 'reference', 'watch', 'engine']
const roots = ['composition/run.ts', 'composition/cases.ts']
/** Run by the build and never shipped: they write the schemas of both files and reports, and the tables of addresses. */
const buildOnly = ['catalog/publish.ts', 'address/publish.ts']
describe('the directions of imports', () => {
  it('finds every way to import, dynamic ones and re-exports too', () => {
    const text = `import a, { b as c } from './x.ts'\nimport type { T } from 'yaml'\nexport { d } from './y.ts'\nexport * from './z.ts'\nconst e = import('./dynamic.ts')\nconst f = require('node:fs')\n`
    expect(importsIn('cli/sample.ts', text).map(({ to }) => to)).toEqual([
      'cli/x.ts',
      'yaml',
      'cli/y.ts',
      'cli/z.ts',
      'cli/dynamic.ts',
      'node:fs',
    ])
    expect(importsIn('cli/sample.ts', text)[0]?.names).toEqual(['default', 'b'])
  })

  it('lets the model import nothing but the model', () => {
    expect(broken(({ from, to }) => folder(from) === 'model' && !isNode(to) && folder(to) !== 'model')).toEqual([])
  })

  it('never lets a stage import a stage', () => {
    const isOther = ({ from, to }: Import) => isStage(from) && isStage(to) && folder(from) !== folder(to)
    expect(broken(isOther)).toEqual([])
  })

  it('never lets a layer import one above it', () => {
    expect(broken(({ from, to }) => isOurs(to) && layer(to) > layer(from) && !buildOnly.includes(from))).toEqual([])
    expect(broken(({ to }) => buildOnly.includes(to))).toEqual([])
  })

  it('lets only those who connect, and the composition roots, import the engine', () => {
    const mayNot = ({ from, to }: Import) =>
      folder(to) === 'engine' && !connected.includes(folder(from)) && !roots.includes(from)
    expect(broken(mayNot)).toEqual([])
  })

  it.each([
    { what: 'yaml', may: ['catalog', 'config'] },
    { what: 'zod', may: ['catalog', 'config'] },
    { what: 'commander', may: ['cli'] },
    { what: 'undici', may: ['engine'] },
    { what: 'cockatiel', may: ['engine'] },
    { what: 'selfsigned', may: ['demo'] },
    { what: 'node:net', may: ['engine', 'config', 'demo', 'usage'] },
    { what: 'node:tls', may: ['engine'] },
    { what: 'node:http', may: ['demo'] },
    { what: 'node:https', may: ['demo'] },
    { what: 'node:dns', may: ['engine'] },
    { what: 'node:child_process', may: ['source'] },
    { what: 'node:vm', may: [] },
  ])('keeps $what in $may', ({ what, may }) => {
    const types = new Set(['node:http'])
    const elsewhere = ({ from, to, typeOnly }: Import) =>
      to === what && !may.includes(folder(from)) && !(typeOnly && types.has(to))
    expect(broken(elsewhere)).toEqual([])
  })

  it('asks node:net only for the form of an address outside the engine', () => {
    const opens = ({ from, to, names, typeOnly }: Import) =>
      to === 'node:net' && folder(from) !== 'engine' && !typeOnly && names.some(name => name !== 'isIP')
    expect(broken(opens)).toEqual([])
  })

  it('reveals a secret only where it is put into a request', () => {
    expect(broken(({ from, names }) => names.includes('reveal') && !from.startsWith('engine/auth/'))).toEqual([])
    expect(imports.some(({ names }) => names.includes('reveal'))).toBe(true)
  })

  it('has no other way to a secret than reveal', () => {
    expect(holding(/\bSecret\.opener\b|\.opener\b/).filter(file => file !== 'model/secret.ts')).toEqual([])
  })

  it('makes a SafeRequest only in plan, of its own fixed list where references are read, and where people are told', () => {
    expect(holding(/\bas (?:unknown as )?SafeRequest\b|\bis [^{;=\n]*\bSafeRequest\b/)).toEqual([
      'plan/plan.ts',
      'plan/reading.ts',
      'reference/ask.ts',
      'watch/post.ts',
    ])
  })

  it('has no barrel but index.ts', () => {
    const reExporting = files.filter(file => exportsOthers(sources.get(file) ?? ''))
    // A type that a stage hands on with its own function is no barrel: it has code of its own.
    const barrels = reExporting.filter(file => isBarrel(file))
    expect(barrels.filter(file => file !== 'index.ts')).toEqual([])
    expect(files.filter(file => basename(file) === 'index.ts')).toEqual(['index.ts'])
  })
})

describe('what stays where', () => {
  it('touches the process and prints only in cli', () => {
    const outside = files.filter(file => folder(file) !== 'cli').filter(file => mentions(file, ['process', 'console']))
    expect(outside).toEqual([])
  })

  it('sees the process and the console in code, and not in words', () => {
    expect(mentionedIn('/** the process */ const text = "process.env"', ['process'])).toBe(false)
    expect(mentionedIn('const { env } = process', ['process'])).toBe(true)
    expect(mentionedIn('globalThis.console.log(1)', ['console'])).toBe(true)
  })

  it('uses no fetch, which would go past the engine', () => {
    expect(files.filter(file => mentions(file, ['fetch', 'WebSocket', 'XMLHttpRequest', 'eval', 'Function']))).toEqual(
      [],
    )
  })
})

describe('files and folders', () => {
  it.each(files.map(file => ({ file })))('names $file in lower case words, without numbers', ({ file }) => {
    for (const part of file.replace(/\.ts$/, '').split('/'))
      expect(part === 'sigv4' || /^[a-z]+(?:-[a-z]+)*$/.test(part)).toBe(true)
  })

  it('has no file over 250 lines', () => {
    expect(files.filter(file => (sources.get(file) ?? '').split('\n').length > 251)).toEqual([])
  })

  it('is one folder deep, but for auth, protocols and formats', () => {
    const allowed = [
      'engine/auth',
      'engine/protocols',
      'finding/formats',
      'signals/operations',
      'signals/requests',
      'usage/formats',
    ]
    expect(files.map(file => dirname(file)).filter(path => path.includes('/') && !allowed.includes(path))).toEqual([])
  })

  it('keeps at its root the walk, the entry of the library and the version, no more', () => {
    expect(files.filter(file => folder(file) === '.').toSorted()).toEqual(['index.ts', 'pipeline.ts', 'version.ts'])
  })

  it('has no folder for what has no place', () => {
    expect(files.filter(file => /(?:^|[/-])(?:utils?|helpers?|common|misc|shared)(?:[/.-])/.test(file))).toEqual([])
  })

  it('has only folders that the architecture names', () => {
    const known = ['model', ...below, ...stages, 'composition', 'cli', 'demo', '.']
    expect([...new Set(files.map(folder))].filter(name => !known.includes(name))).toEqual([])
  })
})

function broken(is: (one: Import) => boolean): readonly string[] {
  return imports.filter(is).map(({ from, to }) => `${from} → ${to}`)
}

function folder(file: string): string {
  return file.includes('/') && !isNode(file) ? (file.split('/')[0] ?? '') : '.'
}

function isNode(name: string): boolean {
  return name.startsWith('node:')
}

function isOurs(name: string): boolean {
  return sources.has(name)
}

function isStage(file: string): boolean {
  return isOurs(file) && stages.includes(folder(file))
}

/** model 0, below the stages 1, stages 2, the pipeline and what joins stages 3, cli and demo 4. */
function layer(file: string): number {
  if (folder(file) === 'model') return 0
  if (file === 'version.ts') return 0
  if (below.includes(folder(file))) return 1
  if (stages.includes(folder(file))) return 2
  return ['.', 'composition'].includes(folder(file)) ? 3 : 4
}

function importsOf(file: string): readonly Import[] {
  return importsIn(file, sources.get(file) ?? '')
}

function holding(pattern: RegExp): readonly string[] {
  return files.filter(file => pattern.test(sources.get(file) ?? ''))
}

function exportsOthers(text: string): boolean {
  return /^export\s+(?:type\s+)?(?:\*|\{[^}]*\})\s+from\b/m.test(text)
}

function isBarrel(file: string): boolean {
  const parsed = ts.createSourceFile(file, sources.get(file) ?? '', ts.ScriptTarget.ESNext, true)
  return (
    parsed.statements.every(node => ts.isExportDeclaration(node) || ts.isImportDeclaration(node)) ||
    /export\s+\*\s+from/.test(parsed.text)
  )
}

function mentions(file: string, names: readonly string[]): boolean {
  return mentionedIn(sources.get(file) ?? '', names)
}
