import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { resolve } from '../../src/reference/reference.ts'

const folder = mkdtempSync(join(tmpdir(), 'afterleak-reference-'))

function fileWith(text: string, mode: number): string {
  const path = join(folder, `${mode}-${text.length}`)
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}

describe('a reference', () => {
  it.each([
    ['env:KEY', { KEY: 'the secret' }, 'the secret'],
    ['env:A:B', { 'A:B': 'with a colon' }, 'with a colon'],
    ['env:KEY', { KEY: ' kept as it is ' }, ' kept as it is '],
  ])('%s gives the variable’s text', async (reference, environment, expected) => {
    expect(await resolve(reference, environment)).toBe(expected)
  })

  it.each([
    ['the secret\n', 'the secret'],
    ['the secret\r\n', 'the secret'],
    ['the secret\n\n', 'the secret\n'],
    ['the\nsecret', 'the\nsecret'],
    ['', ''],
  ])('file: gives the text of a file without one line break at its end: %j', async (text, expected) => {
    expect(await resolve(`file:${fileWith(text, 0o600)}`, {})).toBe(expected)
  })

  it.each([0o640, 0o604, 0o660, 0o644, 0o610])('refuses a file that others may read or change (%i)', async mode => {
    await expect(resolve(`file:${fileWith('the secret', mode)}`, {})).rejects.toThrow(
      /others on this machine may read this file\. First: chmod 600/,
    )
  })

  it.each([
    ['env:NOT_THERE', /there is no environment variable NOT_THERE, or it is empty/],
    ['env:EMPTY', /there is no environment variable EMPTY/],
    ['env:', /there is no environment variable/],
    ['file:/nowhere/at/all', /could not be read \(ENOENT\)/],
    [`file:${folder}`, /could not be read \(EISDIR\)/],
    ['vault:kv/a', /"vault:…" is not a kind of reference\. There are env:NAME and file:PATH/],
  ])('says of %s what was tried and what to do', async (reference, says) => {
    chmodSync(folder, 0o700)
    await expect(resolve(reference, { EMPTY: '' })).rejects.toThrow(says)
  })

  it('does not repeat what may be the secret itself', async () => {
    const error: unknown = await resolve('sk_live_notareference1234', {}).catch((thrown: unknown) => thrown)
    expect(String(error)).not.toContain('notareference')
    expect(String(error)).toContain('a secret itself is never taken here')
  })
})
