import type { Catalog } from '../catalog/catalog.ts'
import type { Finding, Warning } from '../model/finding.ts'
import type { Secret } from '../model/secret.ts'
import { DigestIndex } from './digest-index.ts'
import { type Forms, formsIn, noForms } from './forms.ts'
import { type Recovered, recover, type Wanted, wanted } from './recover.ts'
import { type Missing, Source } from './source.ts'
import { Tally, type Unrecovered } from './tally.ts'

export interface ReadBackOptions {
  /** Checkouts, bare repositories, folders of files. */
  readonly folders: readonly string[]
  readonly secret: (text: string) => Secret
  readonly warn: (warning: Warning) => void
  /** Knows the forms that a rule's keys have; without it, masks, hashes and exact places have to tell. */
  readonly catalog?: Catalog | undefined
  /** Where Git is looked for: PATH. */
  readonly path?: string | undefined
}

type Read = Extract<Recovered, { readonly by: string }>

/**
 * Findings with a masked or hashed value get the value itself, where exactly one text at their place can be it; all
 * others pass as they are. Says at the end how many could be read back, and why the others could not.
 * Throws the file system's error where a folder can't be opened.
 */
export async function* readBack(
  findings: AsyncIterable<readonly Finding[]>,
  { folders, secret, warn, catalog, path }: ReadBackOptions,
): AsyncGenerator<readonly Finding[]> {
  const sources: Source[] = []
  const formsOf = catalog === undefined ? () => noForms : formsIn(catalog)
  const digests = new DigestIndex()
  const tally = new Tally()
  try {
    for (const folder of folders) sources.push(await Source.open(folder, path))
    for await (const handful of findings) {
      const done: Finding[] = []
      for (const finding of handful) {
        if (finding.redacted !== true) {
          done.push(finding)
          continue
        }
        const found = await inSources(finding, sources, formsOf(finding), digests)
        tally.add(found)
        done.push(typeof found === 'string' ? finding : filled(finding, found, secret))
      }
      yield done
    }
    for (const message of tally.said()) warn({ file: folders.join(', '), message })
    for (const source of sources) for (const message of await source.cut()) warn({ file: source.name, message })
  } finally {
    for (const source of sources) source.close()
  }
}

/** The finding as its scanner would have written it, had it not hidden the value. */
function filled(
  { redacted: _redacted, hidden, ...finding }: Finding,
  { texts, by }: Read,
  secret: ReadBackOptions['secret'],
): Finding {
  const parts: [string, Secret][] = []
  let value: Secret | undefined
  for (const [index, text] of texts.entries()) {
    const name = hidden?.pieces[index]?.name
    if (name === undefined) value = secret(text)
    else parts.push([name, secret(text)])
  }
  return {
    ...finding,
    ...(value !== undefined && { value }),
    ...(parts.length > 0 && { parts: Object.fromEntries(parts) }),
    readBack: by,
  }
}

/** Where the scanner saw it first; then, where enough is known to tell the value anywhere, in other versions of the file. */
async function inSources(
  finding: Finding,
  sources: readonly Source[],
  forms: Forms,
  digests: DigestIndex,
): Promise<Read | Unrecovered> {
  const want = wanted(finding)
  const exact = new Choice()
  for (const source of sources) {
    const text = await source.exact(finding)
    exact.add(typeof text === 'string' ? text : await recover(text, want, forms, digests))
  }
  const first = exact.made()
  if (typeof first !== 'string' || first === 'several' || first === 'outside') return first
  const elsewhere = await inVersions(finding, want, sources, forms, digests)
  return typeof elsewhere === 'string' && elsewhere !== 'several' ? first : elsewhere
}

/** A commit says which version it is, so that another proves nothing unless the value itself can be told. */
async function inVersions(
  finding: Finding,
  want: Wanted,
  sources: readonly Source[],
  forms: Forms,
  digests: DigestIndex,
): Promise<Read | Unrecovered> {
  const choice = new Choice()
  if (finding.place.commit !== undefined && !want.telling) return choice.made()
  for (const source of sources)
    for await (const text of source.others(finding)) {
      const found = await recover(text, want, forms, digests)
      if ('by' in found && found.by === 'hash') return found
      choice.add(found)
    }
  return choice.made()
}

/** What several texts say: the one value that all who have any agree on; where none has, the most telling reason. */
class Choice {
  readonly #reads = new Map<string, Read>()
  #why: Unrecovered | undefined

  add(found: Recovered | Missing): void {
    if (typeof found === 'string') this.#because(found)
    else if ('why' in found) this.#because(found.why)
    else this.#reads.set(found.texts.join('\0'), found)
  }

  made(): Read | Unrecovered {
    const [first, ...others] = [...this.#reads.values()].toSorted((a, b) => a.by.localeCompare(b.by))
    if (first === undefined) return this.#why ?? 'no_place'
    return first.by === 'hash' || (others.length === 0 && this.#why !== 'several') ? first : 'several'
  }

  #because(why: Unrecovered): void {
    if (this.#why === undefined || telling.indexOf(why) < telling.indexOf(this.#why)) this.#why = why
  }
}

const telling: readonly Unrecovered[] = [
  'several',
  'outside',
  'unconfirmed',
  'nothing',
  'too_big',
  'unreadable',
  'several_files',
  'no_git',
  'no_file',
  'no_commit',
  'no_place',
]
