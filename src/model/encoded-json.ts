import { isRecord } from './path.ts'

/** The object that a piece of a token holds, as base64url of JSON; undefined where it holds none. */
export function encodedJson(piece: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(piece, 'base64url').toString('utf8'))
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}
