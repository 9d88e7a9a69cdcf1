/** What a key can do that hurts, in a provider's file; `priority/impact.ts` says how much each weighs. */
export const impactWords = [
  'administers',
  'moves-money',
  'reads-personal-data',
  'reads-secrets',
  'reads-code',
  'writes-code',
  'runs-compute',
  'sends-messages',
  'sends-data',
  'forges-messages',
  'destroys-data',
  'grants-access',
] as const

export type ImpactWord = (typeof impactWords)[number]
