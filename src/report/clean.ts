// Control characters, and those that turn the direction of text or take no space: a file name must not
// move the cursor, colour the terminal, or read as another name.
const unprintable =
  /[\p{Cc}\p{Bidi_Control}\p{Noncharacter_Code_Point}\p{Surrogate}\u00ad\u200b\u2060-\u2064\ufeff\ufff9-\ufffb]/gu

/** One line of text that is safe to show to a person: what cannot be seen becomes `\uFFFD`, white space one space. */
export function clean(text: string): string {
  return text.replace(/\s+/g, ' ').replace(unprintable, '\uFFFD').trim()
}
