import { createHash } from 'node:crypto'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import type { Case } from '../../src/model/credential.ts'
import type { Report } from '../../src/model/run.ts'
import { html } from '../../src/report/html.ts'
import { aMisuse, aPriority, aSession, aSignal, exampleInvestigation } from './example-investigation.ts'
import { exampleReport } from './example-report.ts'
import { aCase, aReport, hostile } from './fixture.ts'

const text = page(exampleInvestigation())

function page(report: Report): string {
  return [...html(report)].join('')
}

function article(whole: string, at: number): string {
  return whole.split('<article ')[at] ?? ''
}

function sha256(whole: string): string {
  return `'sha256-${createHash('sha256').update(whole).digest('base64')}'`
}

function urgentCase(one: Partial<Case> = {}): string {
  return article(page(aReport([aCase('works', { priority: aPriority(), misuse: aMisuse(), ...one })])), 1)
}

describe('html after an investigation', () => {
  it('says first what works, what is misused and how much is to do', () => {
    expect(text).toContain('<h1>5 of 72 keys work; 1 is being misused; act on 2 today; look into 1.</h1>')
    expect(text).toContain(
      '18 could not be decided; 1 key that no longer works was misused; no log shows who uses 1 key.',
    )
  })

  it('calls no key dead that is only not known to work', () => {
    const misused = { priority: aPriority(), misuse: aMisuse() }
    const cut = page(aReport([aCase('malformed', misused), aCase('rejected', misused)]))
    expect(cut).toContain('<h1>None of 2 keys is known to work; 1 is being misused;')
    expect(cut).toContain('1 key that no longer works was misused')
    expect(article(cut, 1)).toContain('Set aside (malformed).')
    expect(page(aReport([aCase('malformed', misused)]))).toContain(
      '<h1>Whether the key works could not be decided; it is',
    )
    expect(page(aReport([aCase('rejected', misused), aCase('revoked', misused)]))).toContain(
      '<h1>None of 2 keys works; ',
    )
  })

  it('has nothing of an investigation in the page of a check', () => {
    const check = page(exampleReport())
    for (const word of ['data-decide', 'line-of-time', '<svg', '<table', 'class="decision"', 'misuse', '<details'])
      expect(check).not.toContain(word)
    expect(check).toContain('<h1>5 of 72 keys still work. 18 could not be decided.</h1>')
  })

  it('lists and tells the keys in the order of decisions, so that paper has that order too', () => {
    const heaps = [...text.matchAll(/class="heap" data-heap="(\w+)"/g)].map(([, heap]) => heap)
    expect(heaps).toEqual(['act_now', 'investigate', 'out_of_cycle', 'scheduled', 'none'])
    const rows = [...text.matchAll(/class="row" href="#(case-[^"]+)"/g)].map(([, id]) => id)
    const articles = [...text.matchAll(/<article id="(case-[^"]+)"/g)].map(([, id]) => id)
    expect(articles).toEqual(rows)
    expect(articles).toHaveLength(72)
  })

  it('names places in the page by the key, so that a link holds in the next report too', () => {
    const one = aCase('works', { id: 'aws-1f0c', priority: aPriority() })
    const other = aCase('works', { id: 'aws-1f0c', priority: aPriority() })
    expect(page(aReport([one, other])).match(/<article id="[^"]+"/g)).toEqual([
      '<article id="case-aws-1f0c"',
      '<article id="case-aws-1f0c.2"',
      '<article id="run"',
    ])
  })

  it('allows only its own style and script, and has no style or handler in its markup', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(text)?.[1]
    const [, style = ''] = text.split(/<\/?style>/)
    const [, script = ''] = text.split(/<\/?script>/)
    expect(policy).toBe(
      `default-src 'none'; style-src ${sha256(style)}; script-src ${sha256(script)}; base-uri 'none'; form-action 'none'`,
    )
    expect(text).not.toMatch(/ style=| on[a-z]+=|<link|<iframe|<form|url\(|@import/)
    expect(text).not.toContain('src="')
  })

  it('is well-formed', () => {
    const body = text
      .slice(text.indexOf('</head>') + 7, text.indexOf('<script>'))
      .replaceAll(/<(?:input|meta)[^>]*>/g, '')
    const parser = new XMLParser()
    expect(() => parser.parse(`${body}</body>`, { allowBooleanAttributes: true })).not.toThrow()
  })

  it('tells in one paragraph who, since when, what breaks and what could not be seen', () => {
    const told = article(text, 1).replaceAll(/<[^>]+>/g, '')
    expect(told).toContain('Public since 2026-11-01 10:00 UTC (github.com/falko/shop).')
    expect(told).toContain(
      'Likely misused (chance of misuse 97 %, confidence high) since 2026-11-01 10:06 UTC, 6 min after the leak, in 3 sessions:',
    )
    expect(told).toContain('Revoke it now: 2 clients of your own will break (10.2.0.0/16 terraform, 203.0.113.10 ci).')
    expect(told).toContain('It made other keys, which must go too: AKIA…M3RD.')
    expect(told).toContain(
      'Not seen: management events only: S3 object reads are not seen; other regions than eu-west-1.',
    )
  })

  it('gives evidence with its weight and the technique’s own page', () => {
    expect(article(text, 1)).toContain(
      '<li><b>operation</b><span>iam:PutUserPolicy: privilege escalation, never used by this key <a href="https://attack.mitre.org/techniques/T1098/003/" rel="noopener noreferrer">T1098.003</a></span><span class="weight">×13</span></li>',
    )
  })

  it('never calls a key clean where nothing could be seen', () => {
    const none = { sessions: [], p: 0, coverage: [] }
    expect(urgentCase({ misuse: aMisuse({ ...none, level: 'no_log' }) })).toContain('Nothing shows who uses it')
    expect(urgentCase({ misuse: aMisuse({ ...none, level: 'insufficient' }) })).toContain('too short to tell its owner')
    const { misuse: _, ...unlooked } = aCase('works', { priority: aPriority() })
    const told = article(page(aReport([unlooked])), 1)
    expect(told).toContain('Who has been using it was not looked into.')
    expect(told).toContain('No log of its use was read. That nothing was seen says nothing.')
    expect(text).not.toMatch(/\bclean\b/i)
  })

  it('says of each log what it does not show, and why one was not read', () => {
    const told = article(text, 1)
    expect(told).toContain('<li><b>Not seen:</b> other regions than eu-west-1.</li>')
    expect(told).toContain('<b>s3-server-access</b>: not permitted, the whole account.')
    expect(told).toContain('<li><b>Why:</b> the administrator’s credential may not read the bucket logs-eu.</li>')
  })

  it('prints the row of the decision table with its inputs, or the rule that decided instead', () => {
    expect(article(text, 1)).toContain(
      '<dt>exploitation</dt><dd><b>active</b> chance of misuse 97 %: network, operation, client</dd>',
    )
    expect(article(text, 1)).toContain('row 70 of CERT/CC’s')
    expect(article(text, 2)).toContain('a rule that comes before the table')
    expect(article(text, 2)).toContain('<dt>rule</dt><dd>dead: it does not work any more, but it was misused before')
  })

  it('links to the source of network numbers wherever it shows one, as its licence asks', () => {
    expect(article(text, 1)).toContain(
      '<a href="https://db-ip.com/" rel="noopener noreferrer">IP Geolocation by DB-IP</a>',
    )
    expect(urgentCase({ misuse: aMisuse({ sessions: [aSession(20, 3)] }) })).not.toContain('db-ip.com')
  })

  it('lets no text of a log become markup', () => {
    const session = aSession(3, 1, {
      p: 0.95,
      ip: hostile,
      country: hostile,
      client: hostile,
      events: [hostile],
      actions: [hostile],
      signals: [aSignal(hostile, 2, hostile, [hostile])],
    })
    const client = { client: hostile, network: hostile, lastAt: hostile }
    const before = { sessions: 1, events: 1, start: hostile, end: hostile, clients: [client] }
    const coverage = [
      {
        source: hostile,
        state: 'partial',
        covers: 'key',
        why: hostile,
        lag: hostile,
        blind: [hostile],
        window: { from: hostile, to: hostile },
      },
    ] as const
    const reason = { because: hostile }
    const priority = aPriority({
      due: hostile,
      exploitation: { value: 'active', ...reason },
      exposure: { value: 'open', ...reason },
      automatable: { value: 'yes', ...reason },
      impact: { value: 'high', ...reason },
      overrides: [hostile],
      breaks: [client],
      unused: [hostile],
      exposedSince: hostile,
      since: hostile,
    })
    const misuse = aMisuse({
      sessions: [session],
      before,
      coverage,
      children: [hostile],
      zone: hostile,
      firstAt: hostile,
      leakedAt: hostile,
    })
    const odd = page(aReport([aCase('works', { id: hostile, priority, misuse })]))
    expect(odd.match(/<script/g)).toHaveLength(1)
    expect(odd).not.toContain('<img')
    expect(odd).not.toContain('\u202e')
    expect(odd).not.toContain('NaN')
    const body = odd.slice(odd.indexOf('<body'), odd.indexOf('<script>'))
    expect(body).not.toMatch(/="[^"]*[<>'][^"]*"/)
  })
})
