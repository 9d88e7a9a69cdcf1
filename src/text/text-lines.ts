/** The lines of a text that comes in pieces, without their ends, and their numbers from 1. */
export async function* textLines(text: AsyncIterable<string>): AsyncGenerator<readonly [line: string, number: number]> {
  let rest = ''
  let number = 0
  for await (const piece of text) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield [ended(line), ++number]
  }
  if (rest !== '') yield [ended(rest), ++number]
}

function ended(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
