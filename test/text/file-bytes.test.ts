import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { fileBytes } from '../../src/text/file-bytes.ts'

const folder = mkdtempSync(join(tmpdir(), 'afterleak-'))
const file = join(folder, 'report')
afterAll(() => rmSync(folder, { recursive: true }))

async function read(path: string): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = []
  for await (const piece of fileBytes(path)) pieces.push(piece)
  return pieces
}

describe('the bytes of a file', () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 262_144, 262_145, 1_000_000])(
    'are all there, in small pieces: %i',
    async length => {
      const bytes = randomBytes(length)
      writeFileSync(file, bytes)
      const pieces = await read(file)
      expect(Buffer.concat(pieces).equals(bytes)).toBe(true)
      expect(Math.max(0, ...pieces.map(piece => piece.length))).toBeLessThanOrEqual(65_536)
    },
  )

  it('are none of a folder, which is called one', async () => {
    await expect(read(folder)).rejects.toThrow('is a directory')
  })
})
