import type { ListedObject } from './key-index.ts'
import { S3Error } from './s3-error.ts'

type Headers = Record<string, string>

/** `If-None-Match: *` and `If-Match: <etag>` of a write, against what is there at the commit. */
export function assertMayReplace(headers: Headers, existing: ListedObject | undefined): void {
  const ifNoneMatch = headers['if-none-match']
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw new S3Error('NotImplemented', 'A write knows only If-None-Match: *')
  }
  if (ifNoneMatch === '*' && existing) throw preconditionFailed('If-None-Match')
  const ifMatch = headers['if-match']
  if (ifMatch === undefined) return
  if (!existing) throw new S3Error('NoSuchKey', 'The specified key does not exist.')
  if (!matches(ifMatch, existing.etag)) throw preconditionFailed('If-Match')
}

/** The four conditions of a read in the order of RFC 9110: true when the client's copy is fresh. */
export function isNotModified(headers: Headers, object: ListedObject): boolean {
  const modifiedMs = Math.floor(Date.parse(object.modifiedAt) / 1000) * 1000
  const ifMatch = headers['if-match']
  const unmodifiedSince = instant(headers['if-unmodified-since'])
  if (ifMatch !== undefined) {
    if (!matches(ifMatch, object.etag)) throw preconditionFailed('If-Match')
  } else if (unmodifiedSince !== undefined && modifiedMs > unmodifiedSince) {
    throw preconditionFailed('If-Unmodified-Since')
  }
  const ifNoneMatch = headers['if-none-match']
  if (ifNoneMatch !== undefined) return matches(ifNoneMatch, object.etag)
  const modifiedSince = instant(headers['if-modified-since'])
  return modifiedSince !== undefined && modifiedMs <= modifiedSince
}

function matches(condition: string, etag: string): boolean {
  return condition.split(',').some(each => {
    const given = each.trim().replace(/^W\//, '').replaceAll('"', '')
    return given === '*' || given === etag
  })
}

function instant(header: string | undefined): number | undefined {
  const milliseconds = Date.parse(header ?? '')
  return Number.isNaN(milliseconds) ? undefined : milliseconds
}

function preconditionFailed(condition: string): S3Error {
  return new S3Error(
    'PreconditionFailed',
    `At least one of the pre-conditions you specified did not hold: ${condition}`,
  )
}
