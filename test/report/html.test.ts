import { createHash } from 'node:crypto'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/run.ts'
import { html } from '../../src/report/html.ts'
import { style } from '../../src/report/html-style.ts'
import { exampleReport } from './example-report.ts'
import { aCase, aPlace, aReport, hostile, manyPlaces } from './fixture.ts'

function page(report: Report): string {
  return [...html(report)].join('')
}

function between(text: string, from: string, to: string): string {
  return text.slice(text.indexOf(from) + from.length, text.indexOf(to))
}

function sha256(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

describe('html', () => {
  it('allows its own style and script by hash, and nothing else', () => {
    const text = page(exampleReport())
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(text)?.[1]
    const scripts = sha256(between(text, '<script>', '</script>'))
    const styles = sha256(between(text, '<style>', '</style>'))
    expect(policy).toBe(
      `default-src 'none'; style-src ${styles}; script-src ${scripts}; base-uri 'none'; form-action 'none'`,
    )
    expect(text).not.toMatch(/ style=| on[a-z]+=|<link|<iframe|<form/)
  })

  it('lets no hostile text become markup, in text or in attributes', () => {
    const place = aPlace({
      file: hostile,
      author: hostile,
      commit: hostile,
      rule: hostile,
      url: `https://a.example/"><img src=x>`,
    })
    const odd = aCase(
      'works',
      {
        id: hostile,
        provider: hostile,
        kind: hostile,
        name: hostile,
        shown: hostile,
        facts: { [hostile]: hostile },
        findings: [place],
      },
      { because: hostile, identity: { [hostile]: hostile }, grants: [hostile], expiresAt: hostile },
    )
    const run = { ...aReport([]).run, id: hostile, command: hostile, version: hostile }
    const text = page(aReport([odd], { run, warnings: [{ file: hostile, message: hostile }] }))
    expect(text.match(/<script/g)).toHaveLength(1)
    expect(text.match(/<\/script/g)).toHaveLength(1)
    expect(text).not.toContain('<img')
    expect(text).not.toContain('\u202e')
    expect(text).not.toContain('\u001b')
    const body = text.slice(text.indexOf('<body'), text.indexOf('<script>'))
    expect(body).not.toMatch(/="[^"]*[<>'][^"]*"/)
  })

  it('links only to https', () => {
    const urls = ['javascript:alert(1)', 'http://a.example/', 'https://a.example/x y', 'data:text/html,x']
    const text = page(aReport([aCase('works', { findings: urls.map(url => aPlace({ url })) })]))
    expect(text.match(/href="[^#][^"]*"/g)).toBeNull()
  })

  it('is well-formed', () => {
    const body = between(page(exampleReport()), '</head>', '<script>').replace(/<(?:input|meta)[^>]*>/g, '')
    const parser = new XMLParser()
    expect(() => parser.parse(`${body}</body>`, { allowBooleanAttributes: true })).not.toThrow()
  })

  it('shows 200 places of a million and reads no more', () => {
    const findings = manyPlaces(1_000_000)
    const text = page(aReport([aCase('works', { findings })]))
    expect(text).toContain('and 999,800 more, see JSON')
    expect(findings.read).toBeLessThan(300)
  })

  it('makes dead keys plain rows where there are very many', () => {
    const cases = [aCase('works'), ...Array.from({ length: 3000 }, () => aCase('rejected'))]
    const text = page(aReport(cases))
    expect(text.match(/<article/g)).toHaveLength(2)
    expect(text.match(/row compact/g)).toHaveLength(3000)
  })

  it('says that there are no findings', () => {
    expect(page(aReport([]))).toContain('<h1>No findings.</h1>')
  })

  it.each([
    ['by day', 0],
    ['by night', 1],
  ])('has AA contrast %s for every colour of text on every ground', (_, at) => {
    const block = style.split('--paper').slice(1)[at] ?? ''
    const colours = Object.fromEntries(
      [...`--paper${block}`.matchAll(/--(\w+): (#[0-9a-f]{3,6})/g)].map(found => found.slice(1)),
    )
    for (const text of ['ink', 'soft', 'live', 'undecided', 'dead', 'aside', 'link'])
      for (const ground of ['paper', 'card', 'chosen', 'tint'])
        expect(contrast(colours[text] ?? '', colours[ground] ?? ''), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  })
})

// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
