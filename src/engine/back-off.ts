const first = 250
const longest = 8_000

/**
 * How long to wait after so many attempts, in milliseconds: full jitter, or what the provider asks for and a little more.
 * Source: https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 */
export function backOff(tries: number, asked: number | undefined, random: () => number): number {
  return asked === undefined ? random() * Math.min(longest, first * 2 ** (tries - 1)) : asked + random() * first
}
