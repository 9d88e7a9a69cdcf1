const [STAR, MARK, SLASH] = [42, 63, 47]

/**
 * Does a text fit a glob as a whole? `*` is any text within a segment, `**` any text, `**\/` any folders or none, `?` one
 * character. A glob without a slash fits the last segment of a path too. Takes no more than a few passes over the text,
 * whatever is in it, as file names are written by strangers.
 */
export function globbed(glob: string): (text: string) => boolean {
  const pattern = glob.toLowerCase()
  const anywhere = !pattern.includes('/')
  return text => {
    const plain = text.toLowerCase()
    return fits(pattern, plain) || (anywhere && fits(pattern, plain.slice(plain.lastIndexOf('/') + 1)))
  }
}

/** After R. A. van Engelen's matching without recursion: only the last star of each sort is ever gone back to. */
function fits(glob: string, text: string): boolean {
  let [g, t] = [0, 0]
  let star: readonly [g: number, t: number] | undefined
  let wide: readonly [g: number, t: number] | undefined
  while (t < text.length || g < glob.length) {
    const code = glob.charCodeAt(g)
    if (code === STAR && glob.charCodeAt(g + 1) === STAR) {
      g += 2
      if (glob.charCodeAt(g) === SLASH) {
        g += 1
        wide = [g, t]
        star = undefined
        continue
      }
      if (g === glob.length) return true
      wide = [g, t]
      star = undefined
      continue
    }
    if (code === STAR) {
      g += 1
      star = [g, t]
      continue
    }
    if (t < text.length && g < glob.length && same(code, text.charCodeAt(t))) {
      g += 1
      t += 1
      continue
    }
    if (star !== undefined && star[1] < text.length && text.charCodeAt(star[1]) !== SLASH) {
      star = [star[0], star[1] + 1]
      ;[g, t] = star
      continue
    }
    if (wide === undefined || wide[1] >= text.length) return false
    wide = [wide[0], next(glob, text, wide)]
    star = undefined
    ;[g, t] = wide
  }
  return true
}

/** Behind `**\/` a segment begins. */
function next(glob: string, text: string, [g, t]: readonly [g: number, t: number]): number {
  if (glob.charCodeAt(g - 1) !== SLASH) return t + 1
  const slash = text.indexOf('/', t)
  return slash === -1 ? text.length : slash + 1
}

function same(wanted: number, found: number): boolean {
  return wanted === MARK ? found !== SLASH : wanted === found
}
