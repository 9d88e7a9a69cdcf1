import type { Place, Warning } from './finding.ts'

/**
 * One input, as it was understood. A finding is one occurrence, and each counts once: as checkable where anything would
 * be sent for it, else as redacted, incomplete or unmapped; what is neither was settled (a canary, a placeholder, cut off).
 */
export interface FileOverview {
  readonly file: string
  /** The scanner's own name; several, as SARIF can hold, with commas between them. null: not read, or nothing is in it. */
  readonly tool: string | null
  /** `Gitleaks 8, JSON`; `empty` where nothing is in it; null where it could not be read. */
  readonly format: string | null
  readonly findings: number
  /** `check` would send something for these. */
  readonly checkable: number
  /** The scanner wrote a mask or a hash. */
  readonly redacted: number
  /** A part is missing. */
  readonly incomplete: number
  /** Neither the rule nor the form tells whose they are. */
  readonly unmapped: number
}

/** A scanner's rule that no provider's file names. */
export interface UnmappedRule {
  readonly tool: string
  readonly rule: string
  readonly findings: number
  /** Where one of them is, of those whose owner nothing told if there are any. */
  readonly place: Place
  /** Providers that the values' own form told, the most frequent first. */
  readonly told: readonly string[]
  /** Of the findings, those whose owner nothing told. */
  readonly unmapped: number
}

/** What was understood of some reports. Nothing is sent to find it out. */
export interface Overview {
  readonly files: readonly FileOverview[]
  /** Provider id → findings, the most frequent first. */
  readonly providers: Readonly<Record<string, number>>
  /** The most frequent first. */
  readonly rules: readonly UnmappedRule[]
  readonly warnings: readonly Warning[]
}
