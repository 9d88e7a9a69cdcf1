// Control characters, and those that turn the direction of text or take no space: a file name must not
// move the cursor, colour the terminal, or read as another name.
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is where they are taken out
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]|\p{Surrogate}/gu

/** One line of text that is safe to show to a person: what cannot be seen becomes `\uFFFD`, white space one space. */
export function clean(text: string): string {
  return text.replace(/\s+/g, ' ').replace(unprintable, '\uFFFD').trim()
}
