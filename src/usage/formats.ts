import type { LogFormat } from './format.ts'
import { cloudtrail } from './formats/cloudtrail.ts'

/** Every log that is known, the most telling first: the first that knows a record reads it. */
export const logFormats: readonly LogFormat[] = [cloudtrail]
