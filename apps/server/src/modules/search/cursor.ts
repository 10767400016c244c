// A page's end as text for the next request. It holds the order's key and the pack, never a place in
// this process's memory: the next page may be asked of another process.
import { searchSorts } from '@janta/contracts'
import type { SearchSort } from './rows.ts'

export type CursorText = { key: number; id: string }

const idBytesMax = 100

export function writeCursor(sort: SearchSort, { key, id }: CursorText): string {
  const bytes = Buffer.alloc(9)
  bytes.writeUInt8(searchSorts.indexOf(sort), 0)
  bytes.writeDoubleLE(key, 1)
  return Buffer.concat([bytes, Buffer.from(id)]).toString('base64url')
}

/** Undefined for a text that is not a cursor of this sort: the caller starts from the first page. */
export function readCursor(sort: SearchSort, text: string | undefined): CursorText | undefined {
  if (text === undefined || !/^[\w-]{12,150}$/.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length < 10 || bytes.length > 9 + idBytesMax) return undefined
  if (bytes.readUInt8(0) !== searchSorts.indexOf(sort)) return undefined
  const key = bytes.readDoubleLE(1)
  return Number.isFinite(key) ? { key, id: bytes.subarray(9).toString() } : undefined
}
