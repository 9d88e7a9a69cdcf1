import type { git } from './git.ts'

/** What a name stands for: a blob's bytes, or why there are none. */
export type GitObject = Buffer | 'missing' | 'no_blob' | 'too_big' | 'no_git' | 'failed'

interface Waiting {
  readonly done: (object: GitObject) => void
  readonly timer: NodeJS.Timeout
}

type Body = { readonly into: Buffer | 'no_blob' | 'too_big'; readonly length: number; filled: number }

const longestWait = 30_000

/** One `git cat-file --batch` that answers question after question. https://git-scm.com/docs/git-cat-file#_batch_output */
export class GitObjects {
  readonly #start: () => ReturnType<typeof git>
  readonly #largest: number
  readonly #waiting: Waiting[] = []
  #child: ReturnType<typeof git> | undefined
  #head: Buffer = Buffer.alloc(0)
  #body: Body | undefined
  #broken: 'no_git' | 'failed' | undefined

  constructor(start: () => ReturnType<typeof git>, largest: number) {
    this.#start = start
    this.#largest = largest
  }

  /** `name` is an object's id, or `commit:path`; it must not hold a line break. */
  get(name: string): Promise<GitObject> {
    if (this.#broken !== undefined) return Promise.resolve(this.#broken)
    if (name.includes('\n')) return Promise.resolve('missing')
    this.#child ??= this.#started()
    const child = this.#child
    return new Promise(done => {
      this.#waiting.push({ done, timer: setTimeout(() => this.#break('failed'), longestWait) })
      child.stdin.write(`${name}\n`)
    })
  }

  close(): void {
    this.#break('failed')
  }

  #started(): ReturnType<typeof git> {
    const child = this.#start()
    child.on('error', error => this.#break('code' in error && error.code === 'ENOENT' ? 'no_git' : 'failed'))
    child.on('close', () => this.#break('failed'))
    child.stdin.on('error', () => this.#break('failed'))
    child.stdout.on('data', (chunk: Buffer) => this.#take(chunk))
    return child
  }

  #break(why: 'no_git' | 'failed'): void {
    this.#broken ??= why
    this.#child?.stdin.destroy()
    this.#child?.kill('SIGKILL')
    for (const { done, timer } of this.#waiting.splice(0)) {
      clearTimeout(timer)
      done(this.#broken)
    }
  }

  #take(chunk: Buffer): void {
    let rest = chunk
    while (rest.length > 0) {
      const body = this.#body
      if (body === undefined) {
        const end = rest.indexOf(10)
        this.#head = Buffer.concat([this.#head, end === -1 ? rest : rest.subarray(0, end)])
        rest = end === -1 ? rest.subarray(rest.length) : rest.subarray(end + 1)
        if (end !== -1) this.#headed()
      } else {
        const taken = rest.subarray(0, body.length + 1 - body.filled)
        if (Buffer.isBuffer(body.into)) taken.copy(body.into, body.filled)
        body.filled += taken.length
        rest = rest.subarray(taken.length)
        if (body.filled === body.length + 1) this.#answer(body.into)
      }
    }
  }

  /** `<id> <type> <size>`; anything else (missing, ambiguous) is the whole answer. */
  #headed(): void {
    const head = this.#head.toString()
    this.#head = Buffer.alloc(0)
    const [, type, size] = /^[\da-f]+ (\w+) (\d+)$/.exec(head) ?? []
    if (type === undefined) {
      this.#answer('missing')
      return
    }
    const length = Number(size)
    const into = type !== 'blob' ? 'no_blob' : length > this.#largest ? 'too_big' : Buffer.alloc(length)
    this.#body = { into, length, filled: 0 }
  }

  #answer(object: GitObject): void {
    this.#body = undefined
    const first = this.#waiting.shift()
    clearTimeout(first?.timer)
    first?.done(object)
  }
}
