/** What a line has beyond this is left out: nobody writes such a line but to fill memory. */
const longest = 64 * 1024 * 1024

/** The lines of a text that comes in pieces, without their ends, and their numbers from 1. */
export async function* textLines(text: AsyncIterable<string>): AsyncGenerator<readonly [line: string, number: number]> {
  let rest = ''
  let number = 0
  for await (const piece of text) {
    let start = 0
    for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', start)) {
      yield [ended(rest + piece.slice(start, end)), ++number]
      rest = ''
      start = end + 1
    }
    if (start < piece.length && rest.length < longest) rest += piece.slice(start)
  }
  if (rest !== '') yield [ended(rest), ++number]
}

function ended(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
