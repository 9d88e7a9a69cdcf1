const words = /canarytoken|canary\.tools|honeytoken/i

/** A hint where a text that a scanner gives beside a secret says that it is a decoy. The text itself is not repeated. */
export function decoyIn(...texts: readonly unknown[]): string | undefined {
  const said = texts.some(text => typeof text === 'string' && words.test(text))
  return said ? 'canarytoken or honeytoken, as the text beside it says.' : undefined
}
