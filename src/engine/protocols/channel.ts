import { isIP, type Socket } from 'node:net'
import * as tls from 'node:tls'
import { NotSpoken } from './login.ts'

/** The most that is read of one conversation, in bytes. */
const longest = 1024 * 1024

/** How a connection is encrypted. */
export interface Encryption {
  readonly host: string
  readonly trust?: tls.SecureContext | undefined
  /** Take a certificate that nobody vouches for: where none at all would do too. */
  readonly anyCertificate: boolean
}

/** A conversation over one socket: whole pieces in, pieces out. Whatever the other side does, a read ends in bytes or an error. */
export class Channel {
  #socket: Socket
  #waiting: Buffer = Buffer.alloc(0)
  #total = 0
  #failed: Error | undefined
  #wake: (() => void) | undefined
  readonly #received = (bytes: Buffer): void => {
    this.#total += bytes.length
    this.#waiting = this.#waiting.length === 0 ? bytes : Buffer.concat([this.#waiting, bytes])
    if (this.#total > longest) this.#fail(new NotSpoken('says more than anybody would who answers'))
    this.#wake?.()
  }
  readonly #ended = (): void => this.#fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' }))
  readonly #broken = (error: Error): void => this.#fail(error)

  constructor(socket: Socket) {
    this.#socket = socket
    this.#listen()
  }

  /** Whether what is said now can be read by nobody else; and whether we know with whom we speak. */
  get security(): 'none' | 'encrypted' | 'verified' {
    if (!(this.#socket instanceof tls.TLSSocket)) return 'none'
    return this.#socket.authorized ? 'verified' : 'encrypted'
  }

  async read(length: number): Promise<Buffer> {
    while (this.#waiting.length < length) {
      if (this.#failed !== undefined) throw this.#failed
      if (length > longest) throw new NotSpoken('says more than anybody would who answers')
      await new Promise<void>(resolve => (this.#wake = resolve))
    }
    const piece = this.#waiting.subarray(0, length)
    this.#waiting = this.#waiting.subarray(length)
    return piece
  }

  /** Up to the next line feed, without it and a carriage return before it. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#waiting.indexOf(10)
      if (end !== -1) return (await this.read(end + 1)).toString('latin1').replace(/\r?\n$/, '')
      if (this.#failed !== undefined) throw this.#failed
      await new Promise<void>(resolve => (this.#wake = resolve))
    }
  }

  write(bytes: Buffer): void {
    if (this.#failed === undefined) this.#socket.write(bytes)
  }

  /** Goes on encrypted. Rejects where that fails, and where somebody sent bytes before the encryption stood. */
  async encrypt({ host, trust, anyCertificate }: Encryption): Promise<void> {
    if (this.#waiting.length > 0) throw new NotSpoken('sent bytes that belong to no encryption', 'tls')
    const socket = this.#socket
    socket.off('data', this.#received)
    const secured = tls.connect({
      socket,
      host,
      ...(isIP(host) === 0 && { servername: host }),
      ...(trust !== undefined && { secureContext: trust }),
      rejectUnauthorized: !anyCertificate,
    })
    await new Promise<void>((resolve, reject) => {
      secured.once('secureConnect', resolve)
      secured.once('error', reject)
      secured.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
    })
    this.#unlisten(socket)
    this.#socket = secured
    this.#listen()
  }

  /** Says goodbye and hangs up. */
  close(goodbye?: Buffer): void {
    this.#unlisten(this.#socket)
    this.#socket.on('error', () => undefined)
    if (goodbye === undefined || this.#failed !== undefined) this.#socket.destroy()
    else this.#socket.end(goodbye, () => this.#socket.destroy())
    // Whoever still reads is told.
    this.#fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' }))
  }

  #listen(): void {
    this.#socket.on('data', this.#received).on('end', this.#ended).on('close', this.#ended).on('error', this.#broken)
  }

  #unlisten(socket: Socket): void {
    socket.off('data', this.#received).off('end', this.#ended).off('close', this.#ended).off('error', this.#broken)
    socket.on('error', () => undefined)
  }

  #fail(error: Error): void {
    this.#failed ??= error
    this.#wake?.()
  }
}
