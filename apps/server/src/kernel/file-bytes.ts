import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { describeFileTrouble, UnreadableFile } from '#kernel/unreadable-file'

/** A file somebody gave us, on the disk or in memory; it can be read from its beginning any number of times. */
export interface FileBytes {
  readonly name: string
  /** The first bytes, fewer only when the file is shorter: what the file really is, whatever its name says. */
  head(): Promise<Buffer>
  open(): Readable
  /** All of it; throws `UnreadableFile` above `wholeBytesMax`. */
  whole(): Promise<Buffer>
}

const headBytes = 512
export const wholeBytesMax = 64 * 1024 * 1024

export function fileOnDisk(path: string): FileBytes {
  return {
    name: path,
    async head() {
      try {
        const file = await open(path)
        try {
          const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
          return buffer.subarray(0, bytesRead)
        } finally {
          await file.close()
        }
      } catch (error) {
        throw describeFileTrouble(error, path)
      }
    },
    open: () => createReadStream(path),
    async whole() {
      if ((await stat(path)).size > wholeBytesMax)
        throw new UnreadableFile('The spreadsheet is larger than 64 MB. Save it as CSV.')
      return await readFile(path)
    },
  }
}

export function fileInMemory(name: string, bytes: Buffer): FileBytes {
  return {
    name,
    head: async () => bytes.subarray(0, headBytes),
    open: () => Readable.from(pieces(bytes), { objectMode: false }),
    whole: async () => bytes,
  }
}

const pieceBytes = 64 * 1024

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
}

/** SHA-256 of the bytes as they lie there, in hexadecimal: by it the same file is known again. */
export async function sha256Of(file: FileBytes): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of file.open()) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
