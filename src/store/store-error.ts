/** The store can't be used: what happened, and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  /** Another process holds it. */
  readonly busy: boolean

  constructor(message: string, busy = false) {
    super(message)
    this.busy = busy
  }
}

/** Of SQLite's result codes (https://www.sqlite.org/rescode.html) those that can come over anybody's store. */
const known: Readonly<Record<number, (file: string) => string>> = {
  5: held,
  6: held,
  8: file => `${file} can not be written: permission was denied, or its disk is read-only.`,
  10: file => `${file} could not be read or written: its disk is full, or reports an error.`,
  11: file => `${file} is broken. Put a copy of it in its place, or move it away to start anew.`,
  13: file => `${file} could not be written: the disk is full. Make room and run it again; nothing was kept by halves.`,
  14: file => `${file} could not be opened: there is no such folder, or permission was denied.`,
}

/** What a driver threw, in words; as it was where that is a mistake of ours. */
export function explained(error: unknown, file: string): unknown {
  if (!(error instanceof Error)) return error
  // Of libsql, and of the runtime's own; the lower byte tells the kind.
  const code = 'rawCode' in error ? error.rawCode : 'errcode' in error ? error.errcode : undefined
  const kind = typeof code === 'number' ? code % 256 : undefined
  const says = kind === undefined ? undefined : known[kind]
  return says === undefined ? error : new StoreError(says(file), says === held)
}

function held(file: string): string {
  return `${file} is held by another process of afterleak. Try again when that has ended.`
}
