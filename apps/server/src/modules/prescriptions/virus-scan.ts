import { createConnection } from 'node:net'
import { outbound } from '#kernel/scope'

/** The scanner is away or in trouble: the world's fault, so the job is tried again and the file waits. */
export class ScannerUnavailable extends Error {
  readonly code = 'SCANNER_UNAVAILABLE'
  constructor(why: string, cause?: unknown) {
    super(`The virus scanner did not answer: ${why}.`, { cause })
    this.name = 'ScannerUnavailable'
  }
}

const chunkBytes = 64 * 1024
const answerBytesMax = 1_024
const answerMsMax = 60_000

/**
 * Asks clamd whether the bytes carry something known to do harm, by its INSTREAM command over TCP or a Unix socket.
 * Answers `infected` with nothing else: what was found concerns the machine, not the customer.
 */
export function scanForViruses(
  url: string,
  bytes: Uint8Array,
  msMax: number = answerMsMax,
): Promise<'clean' | 'infected'> {
  return outbound(async () => verdictOf(await ask(url, bytes, msMax)))
}

function verdictOf(answer: string): 'clean' | 'infected' {
  if (answer === 'stream: OK') return 'clean'
  if (/^stream: .+ FOUND$/.test(answer)) return 'infected'
  throw new ScannerUnavailable('it answered neither OK nor FOUND')
}

function ask(url: string, bytes: Uint8Array, msMax: number): Promise<string> {
  const { protocol, hostname, port, pathname } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = createConnection(
      protocol === 'unix:' ? { path: pathname } : { host: hostname, port: Number(port || 3310) },
    )
    const late = setTimeout(() => socket.destroy(new Error(`no answer within ${msMax} ms`)), msMax)
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => {
      answer += text
      if (answer.length > answerBytesMax) socket.destroy(new Error('an endless answer'))
      else if (answer.includes('\0')) socket.end()
    })
    socket.once('error', cause => {
      // clamd hangs up on a stream above its own limit after it said so.
      if (!answer.includes('\0')) reject(new ScannerUnavailable('the connection broke', cause))
    })
    socket.once('close', () => {
      clearTimeout(late)
      const end = answer.indexOf('\0')
      if (end >= 0) resolve(answer.slice(0, end))
      else reject(new ScannerUnavailable('it hung up'))
    })
    socket.once('connect', () => sendStream(socket, bytes))
  })
}

/** Each piece is preceded by its length in four bytes; a length of nought ends the stream. */
function sendStream(socket: NodeJS.WritableStream, bytes: Uint8Array): void {
  socket.write('zINSTREAM\0')
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const piece = bytes.subarray(at, at + chunkBytes)
    socket.write(lengthOf(piece.length))
    socket.write(piece)
  }
  socket.write(lengthOf(0))
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes)
  return length
}
