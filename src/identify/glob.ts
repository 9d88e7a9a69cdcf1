import { linear } from '../catalog/matcher.ts'

const pieces: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' }

/**
 * Does a text fit a glob as a whole? `*` is any text within a segment, `**` any text, `**\/` any folders or none, `?` one
 * character; case does not matter. A glob without a slash fits the last segment of a path too. In linear time, as file
 * names are written by strangers.
 */
export function globbed(glob: string): (text: string) => boolean {
  const pattern = glob.replaceAll(/\*\*\/|\*\*|[*?]|[^*?]+/g, piece => pieces[piece] ?? quoted(piece))
  const matcher = linear(`(?is)${pattern}`)
  const anywhere = !glob.includes('/')
  return text =>
    matcher.whole(text) !== undefined ||
    (anywhere && matcher.whole(text.slice(text.lastIndexOf('/') + 1)) !== undefined)
}

function quoted(text: string): string {
  return text.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`)
}
