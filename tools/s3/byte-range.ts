import { S3Error } from './s3-error.ts'

/** Both ends inclusive, in bytes. */
export type ByteRange = { first: number; last: number }

/**
 * Reads one `Range` of an object of this size. Several ranges, or one that is not in bytes, are
 * ignored and the whole object is sent, as S3 does; one past the end is 416.
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | undefined {
  const parts = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  if (!parts) return undefined
  const [, from = '', to = ''] = parts
  if (from === '' && to === '') return undefined
  const first = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from)
  const last = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1)
  if (from !== '' && to !== '' && Number(to) < first) return undefined
  if (first >= sizeBytes || (from === '' && Number(to) === 0)) {
    throw new S3Error('InvalidRange', 'The requested range is not satisfiable', {
      'content-range': `bytes */${sizeBytes}`,
    })
  }
  return { first, last }
}
