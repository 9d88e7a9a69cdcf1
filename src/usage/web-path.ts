const id = /^(?:\d+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i
const opaque = /^(?=.*\d)(?=.*[A-Za-z])[\w.:+=~%-]{20,}$/

/** A path as it may be shown: no query, which is where keys stand, and no piece that could be a key. */
export function shownPath(target: string): string {
  return pieces(target, piece => (opaque.test(piece) && !id.test(piece) ? '…' : piece))
}

/** A path as the name of an operation: ids left out, so that a thousand customers are one operation. */
export function operationPath(target: string): string {
  return pieces(target, piece => (id.test(piece) || opaque.test(piece) ? '{id}' : piece))
}

function pieces(target: string, shown: (piece: string) => string): string {
  const path = target.replace(/^[a-z]+:\/\/[^/]*/i, '').split(/[?#]/, 1)[0] ?? ''
  return path.split('/').map(shown).join('/')
}
