import type { CompiledProvider } from '../catalog/schema.ts'
import type { Lookup } from '../catalog/sources.ts'
import { hostNames, type Sendable, sendable, sendableOf } from '../catalog/surface.ts'
import { tableOrJson } from './findings.ts'
import { catalogFrom } from './settings.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'
import { unmappedRules } from './unmapped.ts'

export interface ProvidersOptions {
  readonly to: string
  readonly unmapped?: readonly string[]
  readonly from?: string
  readonly validators?: string
}

/** `afterleak providers [NAME]`: what can be checked, and everything that would be sent for it. */
export async function providersCommand(
  terminal: Terminal,
  name: string | undefined,
  { unmapped, from, validators, ...options }: ProvidersOptions,
): Promise<ExitCode> {
  const to = tableOrJson('providers', options)
  const catalog = await catalogFrom(validators)
  if (unmapped !== undefined) {
    if (name !== undefined) throw new UsageError(`providers ${name} --unmapped: give the one or the other`)
    return unmappedRules(terminal, unmapped, { catalog, to, from })
  }
  const one = name === undefined ? undefined : catalog.byWord(name)
  if (name !== undefined && one === undefined)
    throw new UsageError(`there is no provider "${name}". There are: ${[...catalog.providers.keys()].join(', ')}`)
  const chosen = one === undefined ? [...catalog.providers.values()] : [one]
  if (to === 'json') await terminal.out(`${JSON.stringify({ providers: chosen.map(described) }, null, 2)}\n`)
  else if (one !== undefined) await terminal.out(page(one))
  else {
    const width = Math.max(...chosen.map(({ id }) => id.length))
    for (const provider of chosen) await terminal.out(`${provider.id.padEnd(width)}  ${kindsOf(provider)}\n`)
    await terminal.out(
      `\n${chosen.length} providers. afterleak providers NAME shows every request that one would send.\n`,
    )
  }
  return 0
}

function kindsOf({ kinds }: CompiledProvider): string {
  const all = Object.values(kinds)
  const asked = all.filter(({ probe }) => probe !== undefined).length
  return `${asked} ${asked === 1 ? 'kind' : 'kinds'} of key checked${all.length > asked ? `, ${all.length - asked} only recognised` : ''}`
}

/** The shape of `providers --to json`. */
function described(provider: CompiledProvider): object {
  const { id, name, hosts, kinds, limit, docs, checked, usage = {}, lookup = {} } = provider
  return {
    id,
    name,
    hosts: hostNames(hosts),
    kinds: Object.entries(kinds).map(([kind, { name: words, parts, skipped, probe }]) => ({
      id: kind,
      ...(words !== undefined && { name: words }),
      parts: Object.keys(parts),
      ...(skipped === undefined ? { probe } : { skipped }),
    })),
    limit: {
      per_second: limit.per_second,
      at_once: limit.at_once,
      by: limit.by,
      docs: limit.docs,
      ...(limit.ours && { ours: true }),
    },
    requests: sendable(provider)
      .filter(({ use }) => use === 'probe')
      .map(inShort),
    usage: Object.entries(usage).map(([source, { with: by, covers, goes_back, blind, docs: link }]) => ({
      id: source,
      with: by,
      covers,
      ...(goes_back !== undefined && { goes_back }),
      blind,
      requests: sendableOf(provider, { use: 'usage', name: source }).map(inShort),
      docs: link,
    })),
    lookup: Object.entries(lookup).map(([source, { with: by, request, kinds: only, needs, docs: link }]) => ({
      id: source,
      with: by,
      request,
      ...(only !== undefined && { kinds: only }),
      ...(needs !== undefined && { needs }),
      tells: statesOf(lookup[source]),
      requests: sendableOf(provider, { use: 'lookup', name: source }).map(inShort),
      docs: link,
    })),
    docs,
    checked,
  }
}

function inShort({ method, url, effect, safe }: Sendable): object {
  return { method, url, effect, ...(safe !== undefined && { safe }) }
}

/** What a look-up can decide by itself; nothing where it only informs. */
function statesOf(lookup: Lookup | undefined): readonly string[] {
  const states = [...(lookup?.verdict ?? []), ...(lookup?.absent === undefined ? [] : [lookup.absent])]
  return [...new Set(states.map(({ state }) => state))].filter(state => state !== 'unknown')
}

function inWords({ method, url, effect, safe }: Sendable): string {
  return `${method} ${url}  effect: ${effect}${safe === undefined ? '' : `; safe: ${safe}`}`
}

function page(provider: CompiledProvider): string {
  const { name, kinds, limit, docs, checked, usage = {}, lookup = {}, revoke } = provider
  const lines = [
    `${name} (compared with its documentation on ${checked})`,
    '',
    'Keys',
    ...Object.entries(kinds).map(
      ([id, { name: words = id, parts, skipped }]) =>
        `  ${words} (${Object.keys(parts).join(' + ')})${skipped === undefined ? '' : `: ${skipped.reason}. ${skipped.because}`}`,
    ),
    '',
    'Requests',
    ...sendable(provider)
      .filter(({ use }) => use === 'probe')
      .map(line => `  ${inWords(line)}`),
    '',
    `Limit: ${limit.per_second} a second, ${limit.at_once} at once${limit.ours ? ' (a modest number of ours)' : ''}. ${limit.docs}`,
    ...(Object.keys(lookup).length === 0
      ? []
      : [
          '',
          'Look-ups, before a key is touched',
          ...Object.entries(lookup).flatMap(([id, { with: by, needs, kinds: only, docs: link }]) => [
            `  ${id} (asked with: ${by}${needs === undefined ? '' : `, ${needs}`}; for: ${only?.join(', ') ?? 'all kinds'}; can decide: ${statesOf(lookup[id]).join(', ') || 'nothing, it informs'}) ${link}`,
            ...sendableOf(provider, { use: 'lookup', name: id }).map(line => `    ${inWords(line)}`),
          ]),
        ]),
    ...(Object.keys(usage).length === 0
      ? []
      : [
          '',
          'Logs that exist',
          ...Object.entries(usage).flatMap(([id, { with: by, covers, blind, docs: link }]) => [
            `  ${id} (asked with: ${by}; shows: ${covers}; can't show: ${blind.join(', ') || 'nothing known'}) ${link}`,
            ...sendableOf(provider, { use: 'usage', name: id }).map(line => `    ${inWords(line)}`),
          ]),
        ]),
    '',
    `Revoke: ${revoke.where}`,
    ...revoke.steps.map((step, index) => `  ${index + 1}. ${step}`),
    `  Way back: ${revoke.way_back}`,
    '',
    'Documentation',
    ...docs.map(link => `  ${link}`),
  ]
  return `${lines.join('\n')}\n`
}
