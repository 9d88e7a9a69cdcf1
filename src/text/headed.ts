/** How much of a text is looked at to recognise its format, in characters. */
export const headLength = 65_536

/** The text with its beginning to look at: always the same characters, however the bytes came. */
export async function headed(
  pieces: AsyncGenerator<string>,
): Promise<{ head: string; cut: boolean; text: AsyncIterable<string> }> {
  let held = ''
  let ended = false
  while (held.length <= headLength && !ended) {
    const next = await pieces.next()
    if (next.done === true) ended = true
    else held += next.value
  }
  async function* all(): AsyncGenerator<string> {
    yield held
    held = ''
    yield* pieces
  }
  return { head: held.slice(0, headLength), cut: held.length > headLength, text: all() }
}
