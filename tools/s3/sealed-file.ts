import assert from 'node:assert/strict'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'

/**
 * A sealed file is a body followed by its own description: bytes, JSON, the JSON's length, a mark.
 * Data and description become visible in one rename, so a crash can never leave one without the
 * other, and an open handle keeps reading the version it opened.
 */
const mark = Buffer.from('JANTAS3\n')
const tailBytes = 4 + mark.length

export type Sealed<Seal> = { file: FileHandle; seal: Seal & { sizeBytes: number } }

/**
 * Writes the chunks to `path` one by one and seals them with what `describe` says once the last
 * one is in. On any error nothing is left behind. The file is on the disk (fsync) when it returns.
 */
export async function writeSealed<Seal extends object>(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  describe: () => Seal,
): Promise<Seal & { sizeBytes: number }> {
  const file = await open(path, 'wx', 0o600)
  try {
    let sizeBytes = 0
    for await (const chunk of chunks) {
      await writeAll(file, chunk)
      sizeBytes += chunk.length
    }
    const seal = { ...describe(), sizeBytes }
    await writeAll(file, sealBytes(seal))
    await file.sync()
    await file.close()
    return seal
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(path, { force: true })
    throw error
  }
}

function sealBytes(seal: object): Buffer {
  const json = Buffer.from(JSON.stringify(seal))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.length)
  return Buffer.concat([json, length, mark])
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written)
    written += bytesWritten
  }
}

/** Opens a sealed file, or answers undefined when there is none. The caller closes the handle. */
export async function openSealed<Seal extends object>(
  path: string,
): Promise<Sealed<Seal> | undefined> {
  let file: FileHandle
  try {
    file = await open(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    return { file, seal: await readSeal<Seal>(file, path) }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function readSeal<Seal>(
  file: FileHandle,
  path: string,
): Promise<Seal & { sizeBytes: number }> {
  const { size } = await file.stat()
  const tail = Buffer.alloc(tailBytes)
  await file.read(tail, 0, tailBytes, Math.max(0, size - tailBytes))
  assert(tail.subarray(4).equals(mark), `${path} is not sealed; the disk lost part of it`)
  const json = Buffer.alloc(tail.readUInt32BE(0))
  await file.read(json, 0, json.length, size - tailBytes - json.length)
  const seal = JSON.parse(json.toString()) as Seal & { sizeBytes: number }
  assert.equal(seal.sizeBytes, size - tailBytes - json.length, `${path} has lost bytes`)
  return seal
}

/** Reads the body of an open sealed file, both ends inclusive, and closes the handle at the end. */
export async function* readBody(
  { file }: Sealed<object>,
  { first, last }: { first: number; last: number },
): AsyncGenerator<Buffer> {
  try {
    if (last < first) return
    const stream = file.createReadStream({ start: first, end: last, autoClose: false })
    for await (const chunk of stream) yield chunk as Buffer
  } finally {
    await file.close()
  }
}

/** Makes a rename or an unlink in this directory survive a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

export async function replaceFile(from: string, to: string, directory: string): Promise<void> {
  await rename(from, to)
  await syncDirectory(directory)
}
