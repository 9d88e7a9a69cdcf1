import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { baseline, folder, gitleaks, readBackOf, stripe } from './support.ts'

const key = stripe('one')
const other = stripe('two')
const line = (value: string): string => `key = "${value}"\n`

async function valueAt(file: string, root: string | readonly string[]): Promise<unknown> {
  return (await readBackOf([gitleaks({ File: file })], [root].flat())).values[0]
}

describe('the path in a report', () => {
  it.each([
    ['as it is', 'src/app.py'],
    ['with a dot', './src/app.py'],
    ["with a container's folder", '/repo/src/app.py'],
    ["with a runner's folders", '/home/runner/work/x/x/src/app.py'],
    ['as an address', 'file:///repo/src/app.py'],
    ['with a drive', 'C:\\agent\\src\\app.py'],
    ['from further in', 'app.py'],
  ])('leads to its file %s', async (_, file) => {
    expect(await valueAt(file, folder({ 'src/app.py': line(key), 'src/other.py': line(other) }))).toBe(key)
  })

  it('leads to the file itself where it is absolute', async () => {
    const root = folder({ 'src/app.py': line(key), 'x/src/app.py': line(other) })
    expect(await valueAt(join(root, 'src/app.py'), root)).toBe(key)
  })

  it('leads to the file with the longest end in common', async () => {
    const root = folder({ 'a/src/app.py': line(key), 'b/src/app.py': line(other), 'app.py': line(other) })
    expect(await valueAt('/builds/a/src/app.py', root)).toBe(key)
  })

  it('is not guessed among several, nor met halfway', async () => {
    const root = folder({ 'a/src/app.py': line(key), 'b/src/app.py': line(other) })
    const { values, said } = await readBackOf(
      [gitleaks({ File: 'src/app.py' }), gitleaks({ File: 'lib/x/app.py' })],
      [root],
    )
    expect(values).toEqual(['redacted', 'redacted'])
    expect(said[0]).toContain('several files could be meant 1, file not there 1')
  })

  it('is looked up in each folder, and nothing is taken where they disagree', async () => {
    const roots = [folder({ 'app.py': line(key) }), folder({ 'app.py': line(other) }), folder({ 'b.py': line(other) })]
    expect(await valueAt('app.py', roots)).toBe('redacted')
    expect(await valueAt('b.py', roots)).toBe(other)
  })

  it('may be percent-encoded', async () => {
    expect(await valueAt('my%20app.py', folder({ 'my app.py': line(key) }))).toBe(key)
  })

  it.each([
    '../secret.py',
    'src/../../secret.py',
    '..\\secret.py',
    '%2e%2e/secret.py',
    'src/app.py\nsecret.py',
    'src\0/app.py',
    '..',
    '/',
  ])('never leads out of the folder: %j', async file => {
    const outer = folder({ 'secret.py': line(key), 'inner/src/x.py': '' })
    expect(await valueAt(file, join(outer, 'inner'))).toBe('redacted')
    expect(await valueAt(join(outer, 'secret.py'), join(outer, 'inner'))).toBe('redacted')
  })

  it('never follows a link that leads out, to a file or through a folder', async () => {
    const outer = folder({ 'secret.py': line(key), 'inner/real.py': line(other) })
    const root = join(outer, 'inner')
    symlinkSync('../secret.py', join(root, 'link.py'))
    symlinkSync('..', join(root, 'up'))
    symlinkSync('real.py', join(root, 'own.py'))
    expect(await valueAt('link.py', root)).toBe('redacted')
    expect(await valueAt('up/secret.py', root)).toBe('redacted')
    expect(await valueAt('own.py', root)).toBe(other)
  })

  it('is no file where it is a folder', async () => {
    const root = folder()
    mkdirSync(join(root, 'app.py'))
    expect(await valueAt('app.py', root)).toBe('redacted')
  })
})

describe('a file', () => {
  const text = `# größe 😀\r\nname = "größe 😀", key = "${key}", b = "${other}"\r\n`
  const utf8 = Buffer.from(text)
  const [before] = text.slice(text.indexOf('\n') + 1).split(key)
  const mark = Buffer.from([0xef, 0xbb, 0xbf])

  it.each([
    ['bytes', Buffer.byteLength(before ?? '')],
    ['UTF-16 units', (before ?? '').length],
    ['characters', Array.from(before ?? '').length],
  ])('may have its columns counted in %s', async (_, column) => {
    const found = gitleaks({ StartLine: 2, StartColumn: column + 1, EndColumn: column + key.length })
    expect((await readBackOf([found], [folder({ 'app.py': text })])).values).toEqual([key])
  })

  it.each([
    ['with a mark', Buffer.concat([mark, utf8])],
    ['in UTF-16, little end first', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    ['in UTF-16, big end first', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()])],
    ['in Latin-1', Buffer.from(text.replaceAll('😀', ''), 'latin1')],
  ])('is read %s', async (_, bytes) => {
    const mask = `${key.slice(0, 10)}****${key.slice(-4)}`
    const found = gitleaks({ StartLine: 2, Secret: mask, Match: mask })
    expect((await readBackOf([found], [folder({ 'app.py': bytes })])).values).toEqual([key])
  })

  it.each([
    ['bytes', { byteOffset: utf8.indexOf(key), byteLength: key.length }],
    ['characters', { charOffset: text.indexOf(key), charLength: key.length }],
  ])('may have its places counted in %s from its start', async (_, region) => {
    const place = { physicalLocation: { artifactLocation: { uri: 'app.py' }, region } }
    const result = { ruleId: 'some-rule', message: { text: 'x' }, locations: [place] }
    const sarif = { version: '2.1.0', runs: [{ tool: { driver: { name: 'Some' } }, results: [result] }] }
    for (const bytes of [utf8, Buffer.concat([mark, utf8])])
      expect((await readBackOf(sarif, [folder({ 'app.py': bytes })])).values).toEqual([key])
  })

  it('may have its lines counted from 0, as Gitleaks 8.0 did without commits', async () => {
    const { Match: Context, ...old } = gitleaks({ StartLine: 1, EndLine: 1, Commit: '' })
    const root = folder({ 'app.py': `${line(other)}${line(key)}` })
    expect((await readBackOf([{ ...old, Context }], [root])).values).toEqual([key])
  })

  it('is no folder', async () => {
    const root = folder({ 'app.py': line(key) })
    await expect(readBackOf([gitleaks({})], [join(root, 'app.py')])).rejects.toMatchObject({ code: 'ENOTDIR' })
  })

  it('is not read where it is larger than 10 MiB', async () => {
    const root = folder({ 'app.py': `${line(key)}${'#'.repeat(10 * 1024 * 1024)}` })
    const { values, said } = await readBackOf([gitleaks({})], [root])
    expect(values).toEqual(['redacted'])
    expect(said[0]).toContain('file larger than 10 MiB 1')
  })
})

describe('ten thousand findings', () => {
  it('are read back within seconds, though every other one is in another file', async () => {
    const values = Array.from({ length: 200 }, (_, i) => stripe(`many ${i}`))
    const files = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [`src/${i}.py`, values.map(line).join('# a comment\n')]),
    )
    const found = Array.from({ length: 10_000 }, (_, i) => ({
      file: `src/${i % 50}.py`,
      line: (i % 200) * 2 + 1,
      secret: values[i % 200] ?? '',
    }))
    const root = folder(files)
    const started = performance.now()
    const hashed = await readBackOf(baseline(...found), [root])
    const masked = await readBackOf(
      found.map(one => gitleaks({ File: one.file, StartLine: one.line })),
      [root],
    )
    expect(performance.now() - started).toBeLessThan(15_000)
    expect(hashed.by.every(by => by === 'hash')).toBe(true)
    expect(masked.values).toEqual(found.map(({ secret }) => secret))
  })
})
