import type { Sighting, Sightings } from '../model/credential.ts'
import type { Keyring } from '../model/keyring.ts'

/** A place without any secret: its path or its author can hold the key itself, and every format escapes them in its own way. */
export function bare(sighting: Sighting, keyring: Keyring): Sighting {
  const clean: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(sighting))
    clean[name] = typeof value === 'string' ? keyring.scrub(value) : value
  return { ...sighting, ...clean }
}

/** Again when they are read: a secret that was found later may stand in an earlier place. */
export function bareOf(sightings: Sightings, keyring: Keyring): Sightings {
  return {
    length: sightings.length,
    *[Symbol.iterator]() {
      for (const sighting of sightings) yield bare(sighting, keyring)
    },
  }
}
