import { ownReports } from './afterleak.ts'
import { betterleaksReports } from './betterleaks.ts'
import { codeScanners } from './code-scanners.ts'
import { fileScanners } from './file-scanners.ts'
import { forges } from './forges.ts'
import { ggshield } from './ggshield.ts'
import { gitguardian } from './gitguardian.ts'
import { platformScanners } from './platform-scanners.ts'
import { regexScanners } from './regex-scanners.ts'
import type { Report } from './report.ts'
import { ruleScanners } from './rule-scanners.ts'

/** Several reports of every format but the first nine. */
export const reports: readonly Report[] = [
  ...regexScanners,
  ...ruleScanners,
  ...betterleaksReports,
  ...ggshield,
  ...gitguardian,
  ...forges,
  ...codeScanners,
  ...fileScanners,
  ...platformScanners,
  ...ownReports,
]
