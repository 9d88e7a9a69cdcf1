import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { folder, gitleaks, readBackOf, stripe } from './support.ts'

const key = stripe('one')
const other = stripe('two')
const phrase = madeUp('{lowernum:6} {lowernum:4}!', 'phrase')
const [begin, end] = ['BEGIN', 'END'].map(word => `-----${word} RSA PRIVATE KEY-----`)

describe('a masked value', () => {
  it.each([
    ['its ends', `${key.slice(0, 10)}****${key.slice(-4)}`],
    ['its beginning', `${key.slice(0, 14)}...`],
    ['its beginning and an ellipsis', `${key.slice(0, 12)}…`],
    ['every letter starred', `${key.slice(0, 7)}${'*'.repeat(key.length - 14)}${key.slice(-7)}`],
    ['nothing', 'REDACTED'],
    ['nothing but stars', '*'.repeat(24)],
  ])('is read back where its mask shows %s', async (_, mask) => {
    const root = folder({ 'app.py': `# settings\nkey = "${key}"\n` })
    const { values, by, said } = await readBackOf([gitleaks({ Secret: mask, Match: mask, StartLine: 2 })], [root])
    expect(values).toEqual([key])
    expect(by).toEqual(['place'])
    expect(said).toEqual(['1 of 1 redacted values were read back.'])
  })

  it.each([
    ['another end', `${key.slice(0, 10)}****${other.slice(-4)}`],
    ['another beginning', `${other.slice(0, 14)}...`],
    ['another letter', `${key.slice(0, 7)}${'*'.repeat(10)}#${'*'.repeat(key.length - 25)}${key.slice(-7)}`],
  ])('is never taken where its mask shows %s', async (_, mask) => {
    const root = folder({ 'app.py': `key = "${key}"\n` })
    const { values, said } = await readBackOf([gitleaks({ Secret: mask, Match: mask })], [root])
    expect(values).toEqual(['redacted'])
    expect(said).toEqual(['0 of 1 redacted values were read back; 1 could not be: nothing there fits 1.'])
  })

  it('is no text in which the ends of its mask meet', async () => {
    const root = folder({ 'app.py': `key = "${key.slice(0, 10)}${key.slice(-4)}"\n` })
    const mask = `${key.slice(0, 10)}****${key.slice(-4)}`
    expect((await readBackOf([gitleaks({ Secret: mask, Match: mask })], [root])).values).toEqual(['redacted'])
  })

  it('is not a word that came to its place since', async () => {
    const root = folder({ 'app.py': 'key = environment_variable + 1\n' })
    for (const RuleID of ['generic-api-key', 'stripe-access-token'])
      expect((await readBackOf([gitleaks({ RuleID, StartColumn: 7, EndColumn: 26 })], [root])).values).toEqual([
        'redacted',
      ])
  })

  it('is left alone where two texts on its line fit', async () => {
    const root = folder({ 'app.py': `keys = ["${key}", "${other}"]\n` })
    const { values, said } = await readBackOf([gitleaks({})], [root])
    expect(values).toEqual(['redacted'])
    expect(said[0]).toContain('several texts there could be it 1')
  })

  it('is told among several by its column', async () => {
    const root = folder({ 'app.py': `keys = ["${key}", "${other}"]\n` })
    const StartColumn = 13 + key.length
    const { values } = await readBackOf([gitleaks({ StartColumn, EndColumn: StartColumn + other.length - 1 })], [root])
    expect(values).toEqual([other])
  })

  it('is told by the text around its mask, whatever its form', async () => {
    const root = folder({ 'app.py': `a = "x"\nphrase = "${phrase}" # for now\nb = "y"\n` })
    const found = { RuleID: 'generic', Match: 'phrase = "REDACTED"', StartLine: 2 }
    expect((await readBackOf([gitleaks(found)], [root])).values).toEqual([phrase])
  })

  it('is not told by text around it that stands elsewhere', async () => {
    const root = folder({ 'app.py': `a = "x"\nother = "${phrase}"\nb = "y"\n` })
    const found = { RuleID: 'generic', Match: 'phrase = "REDACTED"', StartLine: 2 }
    expect((await readBackOf([gitleaks(found)], [root])).values).toEqual(['redacted'])
  })

  it('is found where its line has moved, if its mask shows enough', async () => {
    const root = folder({ 'app.py': `${'\n'.repeat(40)}key = "${key}"\n` })
    const mask = `${key.slice(0, 10)}****${key.slice(-4)}`
    expect((await readBackOf([gitleaks({ Secret: mask, Match: mask })], [root])).values).toEqual([key])
    expect((await readBackOf([gitleaks({})], [root])).values).toEqual(['redacted'])
  })

  it('is not a stretch of a longer word', async () => {
    const root = folder({ 'app.py': `key = "${key}and_more"\n` })
    expect((await readBackOf([gitleaks({})], [root])).values).toEqual(['redacted'])
  })

  it('stays what it is without a catalog, a mask that shows something, or a place that tells', async () => {
    const root = folder({ 'app.py': `key = "${key}"\n` })
    expect((await readBackOf([gitleaks({})], [root], { catalog: undefined })).values).toEqual(['redacted'])
  })

  it('is of a form that only one provider has where its rule says nothing', async () => {
    const root = folder({ 'app.py': `key = "${key}" or "abcdefgh12345678"\n` })
    expect((await readBackOf([gitleaks({ RuleID: 'generic-api-key' })], [root])).values).toEqual([key])
  })

  it.each(['app.env', 'renamed.env'])(
    'is not the name before it, where the columns are those of both: %s',
    async File => {
      const value = madeUp('{lowernum:24}', 'named')
      const line = `MY_TOKEN=${value}`
      const root = folder({ [File]: `${line}\n` })
      const found = { RuleID: 'generic-api-key', File, StartColumn: 1, EndColumn: line.length }
      const told = await readBackOf([gitleaks({ ...found, Match: 'MY_TOKEN=REDACTED' })], [root])
      expect(told.values).toEqual([value])
      expect((await readBackOf([gitleaks({ ...found, Match: undefined })], [root])).values).toEqual(['redacted'])
      const table = `RuleID,File,Secret,Match,StartLine,StartColumn\ngeneric-api-key,${File},REDACTED,MY_TOKEN=REDACTED,1,1\n`
      expect((await readBackOf(table, [root])).values).toEqual([value])
    },
  )

  it('is no word before a colon', async () => {
    const root = folder({ 'app.yaml': 'data:\n  token: x\n' })
    const found = { RuleID: 'secret-yaml', File: 'app.yaml', Match: 'data:\n  REDACTED', EndLine: 2 }
    expect((await readBackOf([gitleaks(found)], [root])).values).toEqual(['redacted'])
  })

  it('brings a private key back of which the mask shows some lines', async () => {
    const block = `${begin}\n${madeUp('{base64:64}\n{base64:64}\n{base64:64}', 'pem')}\n${end}`
    const root = folder({ id_rsa: `# mine\n${block}\n` })
    const Secret = `${block.slice(0, 140)}...`
    const found = {
      RuleID: 'private-key',
      File: 'id_rsa',
      Secret,
      StartLine: 2,
      EndLine: 6,
      StartColumn: 1,
      EndColumn: 29,
    }
    expect((await readBackOf([gitleaks({ ...found, Match: Secret })], [root])).values).toEqual([block])
    const another = folder({ id_rsa: `# mine\n${block.replace(block.slice(60, 70), '0123456789')}\n` })
    expect((await readBackOf([gitleaks({ ...found, Match: Secret })], [another])).values).toEqual(['redacted'])
  })

  it('brings a private key back as a whole', async () => {
    const block = `${begin}\n${madeUp('{base64:64}\n{base64:64}', 'pem')}\n${end}`
    const root = folder({ id_rsa: `# mine\n${block}\n` })
    const found = { RuleID: 'private-key', File: 'id_rsa', StartLine: 2, StartColumn: 1, EndLine: 5, EndColumn: 29 }
    expect((await readBackOf([gitleaks(found)], [root])).values).toEqual([block])
  })
})

describe('findings that are not masked', () => {
  it('pass as they are, and nothing is said', async () => {
    const root = folder({ 'app.py': `key = "${other}"\n` })
    const { values, by, said } = await readBackOf([gitleaks({ Secret: key })], [root])
    expect({ values, by, said }).toEqual({ values: [key], by: [undefined], said: [] })
  })
})
