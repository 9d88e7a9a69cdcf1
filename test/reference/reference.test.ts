import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Warning } from '../../src/model/finding.ts'
import { Keyring } from '../../src/model/keyring.ts'
import { openReferences } from '../../src/reference/reference.ts'

const folder = mkdtempSync(join(tmpdir(), 'afterleak-reference-'))

/** The text behind a reference, as a run without network reads it. */
async function resolve(
  reference: string,
  environment: Readonly<Record<string, string>>,
  warn: (warning: Warning) => void = () => undefined,
): Promise<string> {
  const keyring = new Keyring()
  const read = openReferences({ environment, secret: text => keyring.of(text), warn })
  return (await read(reference)).digest(text => text)
}

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

  it.each([0o640, 0o604, 0o660, 0o644, 0o610])('warns of a file that others may read or change (%i)', async mode => {
    const warnings: Warning[] = []
    const file = fileWith('the secret', mode)
    expect(await resolve(`file:${file}`, {}, warning => void warnings.push(warning))).toBe('the secret')
    expect(warnings).toEqual([{ file, message: expect.stringMatching(/others on this machine may read.*chmod 600/) }])
  })

  it('says nothing of a file that is its owner’s alone', async () => {
    const warnings: Warning[] = []
    await resolve(`file:${fileWith('the secret', 0o400)}`, {}, warning => void warnings.push(warning))
    expect(warnings).toEqual([])
  })

  it('takes a file of 1 MiB, and none that is longer', async () => {
    expect(await resolve(`file:${fileWith('a'.repeat(1024 * 1024), 0o600)}`, {})).toHaveLength(1024 * 1024)
    await expect(resolve(`file:${fileWith('a'.repeat(1024 * 1024 + 1), 0o600)}`, {})).rejects.toThrow(
      /longer than 1 MiB/,
    )
  })

  it.each([
    ['env:NOT_THERE', /there is no environment variable NOT_THERE, or it is empty/],
    ['env:EMPTY', /there is no environment variable EMPTY/],
    ['env:', /there is no environment variable/],
    ['file:/nowhere/at/all', /could not be read \(ENOENT\)/],
    [`file:${folder}`, /this is a folder/],
    ['op://vault/item/key', /op run -- afterleak … gives it as a variable of the environment, for env:NAME/],
    ['gcp:kv/a', /"gcp:…" is not a kind of reference\. There are env:NAME, file:PATH, aws-sm:/],
    ['vault:kv/a#b', /vault:… was not read, as nothing is sent now/],
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
