// A page's end as text for the next request. It holds the order's key and the pack, never a place in
// this process's memory: the next page may be asked of another process.
import { searchSorts } from '@janta/contracts'
import type { SearchSort } from './rows.ts'

/** `shown` are packs of pages before that stood there ahead of their place. */
export type CursorText = { key: number; id: string; shown?: readonly string[] }

const idBytesMax = 100
const shownMax = 8
const between = '\n'

export function writeCursor(sort: SearchSort, { key, id, shown = [] }: CursorText): string {
  const bytes = Buffer.alloc(9)
  bytes.writeUInt8(searchSorts.indexOf(sort), 0)
  bytes.writeDoubleLE(key, 1)
  const ids = [id, ...shown.slice(0, shownMax)].join(between)
  return Buffer.concat([bytes, Buffer.from(ids)]).toString('base64url')
}

/** Undefined for a text that is not a cursor of this sort: the caller starts from the first page. */
export function readCursor(sort: SearchSort, text: string | undefined): CursorText | undefined {
  if (text === undefined || !/^[\w-]{12,400}$/.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length < 10) return undefined
  if (bytes.readUInt8(0) !== searchSorts.indexOf(sort)) return undefined
  const key = bytes.readDoubleLE(1)
  const [id = '', ...shown] = bytes
    .subarray(9)
    .toString()
    .split(between, 1 + shownMax)
  if (!Number.isFinite(key) || [id, ...shown].some(one => one.length > idBytesMax)) return undefined
  return { key, id, shown }
}
