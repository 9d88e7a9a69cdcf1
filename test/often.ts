const times = Number(process.env.AFTERLEAK_OFTEN ?? 1)

/** How often a property is tried: as usual, or so many times that: `AFTERLEAK_OFTEN=50 npx vitest run test/usage --testTimeout=0`. */
export function often(usual = 100): { readonly numRuns: number } {
  return { numRuns: usual * times }
}
