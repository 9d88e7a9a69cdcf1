const sentences: Readonly<Record<string, string>> = {
  EISDIR: 'is a directory. Name the report files in it.',
  ENOENT: 'does not exist.',
  EACCES: 'may not be read: permission was denied.',
  EPERM: 'may not be read: the operating system does not permit it.',
  EMFILE: 'could not be opened: too many files are open.',
  ELOOP: 'is a symbolic link that leads in a circle.',
  ENOTDIR: 'does not exist: a part of its path is a file.',
  EIO: 'could not be read: the disk or the connection failed.',
}

/** Why an input could not be opened or read, in words; never the error's own text, which could hold input. */
export function failure(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
  if (code === undefined) return 'could not be read.'
  return sentences[code] ?? `could not be read (${code}).`
}

/** What is wrong with text that JSON.parse refused. The engine's own message quotes the text, so it is not used. */
export function whyNotJson(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  if (/end of JSON|Unterminated/i.test(message)) return 'it ends too early'
  if (/control character/i.test(message)) return 'a text in it holds a line break or a control character'
  if (/escape/i.test(message)) return 'a text in it holds a wrong escape'
  const position = /position (\d+)/.exec(message)?.[1]
  return position === undefined
    ? 'a character in it is out of place'
    : `character ${Number(position) + 1} is out of place`
}
