import { setImmediate as nextTurn } from 'node:timers/promises'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { Keeper, Restorer } from './carrier.ts'
import { MedicineIndex } from './medicine-index.ts'

/** Compressing one takes about three milliseconds, between which other requests get their turn. */
const partBytes = 1 << 20
const partsMax = 1_000
const level = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/**
 * The whole index as compressed parts, a fifth of its size. It must not be changed until this is done; searching it
 * meanwhile is fine.
 */
export async function packIndex(index: MedicineIndex): Promise<Buffer[]> {
  index.settle()
  const keeper = new Keeper()
  index.carry(keeper)
  const parts: Buffer[] = []
  const chunk = Buffer.alloc(partBytes)
  let filled = 0
  const flush = async () => {
    parts.push(zstdCompressSync(chunk.subarray(0, filled), level))
    filled = 0
    if (parts.length > partsMax) throw new RangeError('the index is too large to be kept')
    await nextTurn()
  }
  for (const piece of keeper.pieces) {
    for (let at = 0; at < piece.length; ) {
      const some = piece.subarray(at, at + partBytes - filled)
      chunk.set(some, filled)
      filled += some.length
      at += some.length
      if (filled === partBytes) await flush()
    }
  }
  if (filled > 0) await flush()
  return parts
}

/**
 * The index of which `packIndex` made these parts. It blocks for a few hundred milliseconds at full size, which is
 * why it happens once, before a process answers searches. Throws for anything else than such parts.
 */
export function unpackIndex(parts: readonly Uint8Array[]): MedicineIndex {
  const index = new MedicineIndex()
  const restorer = new Restorer(chunks(parts))
  index.carry(restorer)
  restorer.end()
  return index
}

function* chunks(parts: readonly Uint8Array[]): Generator<Uint8Array> {
  for (const part of parts) yield zstdDecompressSync(part, { maxOutputLength: partBytes })
}
