/** The words of a shell command, without its quotes; nothing is expanded. Undefined where a quote does not end. */
export function shellWords(command: string): readonly string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let i = 0
  while (i < command.length) {
    const char = command[i] ?? ''
    if (char === "'" || char === '"') {
      const [text, next] = quoted(command, i + 1, char)
      if (next === undefined) return undefined
      word = (word ?? '') + text
      i = next
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word)
      word = undefined
      i++
    } else {
      if (char === '\\') i++
      word = (word ?? '') + (command[i] ?? '')
      i++
    }
  }
  if (word !== undefined) words.push(word)
  return words
}

/** A quoted text and the place after its quote, from where it begins. */
function quoted(command: string, start: number, quote: string): [text: string, next: number | undefined] {
  if (quote === "'") {
    const end = command.indexOf("'", start)
    return end === -1 ? ['', undefined] : [command.slice(start, end), end + 1]
  }
  let text = ''
  for (let i = start; i < command.length; i++) {
    const char = command[i] ?? ''
    if (char === '"') return [text, i + 1]
    const next = command[i + 1] ?? ''
    if (char === '\\' && /["\\$`]/.test(next)) {
      text += next
      i++
    } else text += char
  }
  return ['', undefined]
}
