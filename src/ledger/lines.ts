import { createReadStream } from 'node:fs'

/** The lines of a file, split at line feeds and nowhere else: JSON may hold U+2028, where node:readline would break it. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = `${rest}${String(chunk)}`.split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}
