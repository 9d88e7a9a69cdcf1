import { wrap } from '../report/width.ts'

/** A sentence in lines of this width behind a mark, the later ones below the first. */
export function hanging(mark: string, text: string, width: number): string {
  const lines = wrap(text, Math.max(20, width - mark.length))
  return lines.map((line, i) => `${i === 0 ? mark : ' '.repeat(mark.length)}${line}\n`).join('')
}
