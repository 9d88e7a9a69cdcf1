/** A reference that gave nothing; the message says what was tried, why it failed and what to do. It never holds a value. */
export class UnresolvedReference extends Error {
  override readonly name = 'UnresolvedReference'
}
