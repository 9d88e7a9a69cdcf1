import type { Installation } from '../model/credential.ts'
import type { Finding } from '../model/finding.ts'
import type { Growing } from './subject.ts'

/** More are not told apart: a key that stands beside so many is in a list of hosts. */
const mostHosts = 8
/** Longer texts are files, of which every line may be about something else, in characters. */
const longestText = 65_536

/** Where anybody's code may lie, whatever it uses: a key that was found there can be for any host. */
const everybodys = /(?:^|\.)(?:github\.com|gitlab\.com|bitbucket\.org|dev\.azure\.com|codeberg\.org|huggingface\.co)$/

/** Keeps the hosts that a finding names for a key which installations of others take too. */
export function noteHosts({ known, widest, secrets }: Growing, { value, parts, place }: Finding): void {
  const own = known?.candidate.provider.self_hosted
  if (own === undefined || (widest.hosts?.size ?? 0) >= mostHosts) return
  const add = (host: string): void => {
    widest.hosts = (widest.hosts ?? new Set()).add(host)
  }
  if (own.sites !== undefined)
    for (const address of [place.repository, place.url]) {
      const host = repositoryHost(address)
      const told = own.sites.some(site => host === site || host?.endsWith(`.${site}`))
      if (host !== undefined && (told || !everybodys.test(host))) add(host)
    }
  for (const text of [...(value === undefined ? [] : [value]), ...Object.values(parts ?? {})]) {
    if (text.length > longestText || secrets.some(secret => secret.equals(text))) continue
    for (const secret of secrets)
      for (const host of text.digest(whole => secret.digest(key => hostsBeside(whole, key)))) add(host)
  }
}

/** What its findings say of the installation that takes it; undefined where there is but one. */
export function installationOf({ known, widest, byUser, joined }: Growing): Installation | undefined {
  if (known?.candidate.provider.self_hosted === undefined) return undefined
  const hosts = [widest, ...joined.map(other => other.widest)].flatMap(({ hosts: noted = [] }) => [...noted])
  return { hosts: [...new Set(hosts)], byUser }
}

/** `git.example.com` of `https://git.example.com/group/name` and of `git@git.example.com:group/name.git`. */
function repositoryHost(address: string | undefined): string | undefined {
  const [, host] =
    /^(?:[a-z+]+:\/\/)?(?:[^/@\s]*@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?[:/]/i.exec(address ?? '') ?? []
  return host?.toLowerCase()
}

/** Hosts of the addresses on the lines where a key stands. */
function hostsBeside(text: string, key: string): readonly string[] {
  const lines = text.split(/\r?\n/).filter(line => line.includes(key))
  const address = /https?:\/\/(?:[^\s/@"'<>]*@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi
  return lines.flatMap(line => [...line.matchAll(address)].map(([, host = '']) => host.toLowerCase()))
}
