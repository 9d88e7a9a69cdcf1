import { createHash, scryptSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { baseline, folder, readBackOf, sha, stripe } from './support.ts'

const key = stripe('one')
const other = stripe('two')
const id = madeUp('AKIA{base32:16}', 'id')
const secret = madeUp('{base64:40}', 'secret')
const word = madeUp('{lowernum:11}', 'word')

/** As ggshield censors: a sixth at either end stays, and `+` and `-` in between. */
function censored(text: string): string {
  const shown = Math.ceil(text.length / 6)
  return text.slice(0, shown) + text.slice(shown, -shown).replaceAll(/[^+\-\s]/g, '*') + text.slice(-shown)
}

function ggshield(occurrences: readonly object[], hash: string, total = 1): object {
  const incident = {
    policy: 'Secrets detection',
    type: 'AWS Keys',
    ignore_sha: hash,
    total_occurrences: total,
    occurrences,
  }
  return {
    id: '.',
    type: 'path_scan',
    entities_with_incidents: [{ filename: 'app.py', mode: 'FILE', incidents: [incident] }],
    total_incidents: 1,
    total_occurrences: total,
  }
}

describe('a value that was hashed by detect-secrets', () => {
  it.each([
    ['a quoted word', `key = "${key}"`, key],
    ['a value without quotes', `KEY=${key}`, key],
    ['one with spaces', `phrase = "${word} horse 9 ${word}"`, `${word} horse 9 ${word}`],
    ['a part of an address', `url = "https://${['admin', word].join(':')}@example.com/x"`, word],
    ['one next to signs', `key=(${key})!;`, key],
    ['one that ends within a word of signs', `x=/a-b.c/~~${word}-x_9~~`, `${word}-x_9`],
  ])('is read back and confirmed: %s', async (_, line, value) => {
    const root = folder({ 'app.py': `\n\n${line}\n` })
    const { values, by, said } = await readBackOf(baseline({ secret: value, line: 3 }), [root])
    expect(values).toEqual([value])
    expect(by).toEqual(['hash'])
    expect(said).toEqual(["1 of 1 redacted values were read back (1 confirmed by the scanner's hash)."])
  })

  it('keeps its capitals where an old baseline hashed it without', async () => {
    const root = folder({ 'app.py': `key = "${key}"\n` })
    expect((await readBackOf(baseline({ secret: key.toLowerCase() }), [root])).values).toEqual([key])
  })

  it('is found wherever its line went', async () => {
    const root = folder({ 'app.py': `${'#\n'.repeat(99)}key = "${key}"\n` })
    expect((await readBackOf(baseline({ secret: key, line: 3 }), [root])).values).toEqual([key])
  })

  it('is never taken where nothing has its hash, however well it fits', async () => {
    const root = folder({ 'app.py': `key = "${other}"\n` })
    const { values, said } = await readBackOf(baseline({ secret: key }), [root])
    expect(values).toEqual(['redacted'])
    expect(said[0]).toContain("nothing there has the scanner's hash 1")
  })
})

describe('a value that was censored by ggshield', () => {
  const occurrences = [
    { match: censored(id), type: 'client_id', line_start: 1, line_end: 1, index_start: 8, index_end: 8 + id.length },
    {
      match: censored(secret),
      type: 'client_secret',
      line_start: 2,
      line_end: 2,
      index_start: 8,
      index_end: 8 + secret.length,
    },
  ]
  const text = `id  =  "${id}"\nkey =  "${secret}"\n`

  it('is read back in all its parts, which its hash confirms together', async () => {
    const hash = sha('sha256', `${id},client_id${secret},client_secret`)
    const { values, by } = await readBackOf(ggshield(occurrences, hash), [folder({ 'app.py': text })])
    expect(values).toEqual([{ client_id: id, client_secret: secret }])
    expect(by).toEqual(['hash'])
  })

  it('is found without its lines, which it does not always tell', async () => {
    const hash = sha('sha256', `${secret},apikey`)
    const match = {
      match: censored(secret),
      type: 'apikey',
      line_start: null,
      line_end: null,
      index_start: 31,
      index_end: 31 + secret.length,
    }
    expect((await readBackOf(ggshield([match], hash), [folder({ 'app.py': text })])).values).toEqual([secret])
  })

  it('is never taken where its hash says otherwise', async () => {
    const hash = sha('sha256', `${id},client_id${key},client_secret`)
    expect((await readBackOf(ggshield(occurrences, hash), [folder({ 'app.py': text })])).values).toEqual(['redacted'])
  })
})

describe('an incident of GitGuardian', () => {
  function incident(value: string, line = 1): object {
    const hash = scryptSync(value, createHash('sha256').update('GitGuardian').digest(), 32, { N: 2048, r: 8, p: 1 })
    const match = {
      name: 'apikey',
      indice_start: 40,
      indice_end: 40 + value.length,
      pre_line_start: null,
      post_line_start: line,
      post_line_end: line,
    }
    const occurrences = [{ filepath: 'app.py', sha: null, matches: [match] }]
    return [{ id: 1, detector: { name: 'stripe' }, secret_hash: 'x', hmsl_hash: hash.toString('hex'), occurrences }]
  }

  it('is confirmed by the hash of HasMySecretLeaked', async () => {
    const { values, by } = await readBackOf(incident(key), [folder({ 'app.py': `a = "${other}", b = "${key}"\n` })])
    expect(values).toEqual([key])
    expect(by).toEqual(['hash'])
  })

  it('is never taken without', async () => {
    expect((await readBackOf(incident(key), [folder({ 'app.py': `b = "${other}"\n` })])).values).toEqual(['redacted'])
  })
})

describe('a SARIF of TruffleHog', () => {
  function sarif(value: string): object {
    const print = sha('sha256', `Stripe:app.py:2:${sha('sha256', value)}`)
    const place = { physicalLocation: { artifactLocation: { uri: 'app.py' }, region: { startLine: 2 } } }
    const result = {
      ruleId: 'Stripe',
      level: 'warning',
      message: { text: 'Found' },
      locations: [place],
      partialFingerprints: { 'trufflehogFingerprint/v1': print },
    }
    return { version: '2.1.0', runs: [{ tool: { driver: { name: 'TruffleHog' } }, results: [result] }] }
  }

  it('is confirmed by its fingerprint', async () => {
    const { values, by } = await readBackOf(sarif(key), [folder({ 'app.py': `\nkeys = ${other} ${key}\n` })])
    expect(values).toEqual([key])
    expect(by).toEqual(['hash'])
  })

  it('is never taken without', async () => {
    expect((await readBackOf(sarif(key), [folder({ 'app.py': `\nkeys = ${other}\n` })])).values).toEqual(['redacted'])
  })
})
