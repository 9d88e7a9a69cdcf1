import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { networksOf } from './networks.ts'
import { readLists } from './open.ts'
import { pack } from './packing.ts'

/** Compiles the lists in a folder for `dist`. */
export async function publishLists(lists: string, dist: string): Promise<void> {
  const read = await readLists(lists)
  if (read.warnings.length > 0)
    throw new Error(read.warnings.map(({ file, message }) => `${file}: ${message}`).join('\n'))
  await writeFile(join(dist, 'ip-lists.bin'), pack(read.lists))
}

/** Compiles who runs a range and where it is registered, from the packages of ip-location-db. Takes some seconds. */
export async function publishNetworks(packages: string, dist: string): Promise<void> {
  await publishTable(join(packages, '@ip-location-db', 'asn'), 'asn', join(dist, 'networks.bin'), {
    source:
      'IP Geolocation by DB-IP (https://db-ip.com), routeviews.org and nro.net, by https://github.com/sapics/ip-location-db',
    licence: 'CC-BY-4.0',
  })
  await publishTable(join(packages, '@ip-location-db', 'asn-country'), 'asn-country', join(dist, 'countries.bin'), {
    source: 'https://github.com/sapics/ip-location-db',
    licence: 'CC0-1.0',
  })
}

async function publishTable(
  folder: string,
  name: string,
  out: string,
  about: { readonly source: string; readonly licence: string },
): Promise<void> {
  const description: { readonly version: string } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const [, year, month, day] = /\.(\d{4})(\d{2})(\d{2})\d*$/.exec(description.version) ?? []
  const texts = [`${name}-ipv4-num.csv`, `${name}-ipv6.csv`].map(file => readFile(join(folder, file), 'utf8'))
  const table = networksOf(await Promise.all(texts), { date: `${year}-${month}-${day}`, ...about })
  await writeFile(out, pack([table]))
}
