/** Joins small pieces into chunks of about 64 KiB, so that a million places are not a million writes. */
export function* inChunks(pieces: Iterable<string>, size = 65_536): Generator<string> {
  let waiting: string[] = []
  let length = 0
  for (const piece of pieces) {
    waiting.push(piece)
    length += piece.length
    if (length < size) continue
    yield waiting.join('')
    waiting = []
    length = 0
  }
  if (length > 0) yield waiting.join('')
}
