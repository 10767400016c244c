// A page's end as text for the next request. It holds the order's key, so pages never repeat or skip.
import type { SearchSort } from './rows.ts'

export type Cursor = { key: number; ordinal: number }

const sorts: readonly SearchSort[] = ['relevance', 'popular', 'price_low', 'price_high']

export function writeCursor(sort: SearchSort, cursor: Cursor): string {
  const bytes = Buffer.alloc(13)
  bytes.writeUInt8(sorts.indexOf(sort), 0)
  bytes.writeDoubleLE(cursor.key, 1)
  bytes.writeUInt32LE(cursor.ordinal, 9)
  return bytes.toString('base64url')
}

/** Undefined for a text that is not a cursor of this sort: the caller starts from the first page. */
export function readCursor(sort: SearchSort, text: string | undefined): Cursor | undefined {
  if (text === undefined || !/^[\w-]{18}$/.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length !== 13 || bytes.readUInt8(0) !== sorts.indexOf(sort)) return undefined
  const key = bytes.readDoubleLE(1)
  return Number.isFinite(key) ? { key, ordinal: bytes.readUInt32LE(9) } : undefined
}
