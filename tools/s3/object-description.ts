import { userMetadataBytesMax } from './limits.ts'
import { S3Error } from './s3-error.ts'
import { parseTagHeader, type Tag } from './tags.ts'

/** What the writer said about an object: headers to give back, encryption to echo, tags. */
export type ObjectDescription = {
  contentType: string
  headers: Record<string, string>
  userMetadata: Record<string, string>
  encryption: Record<string, string>
  tags: Tag[]
}

const echoedHeaders = ['cache-control', 'content-disposition', 'content-language', 'expires']
const encryptionHeader = 'x-amz-server-side-encryption'
const kmsHeaders = [
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-bucket-key-enabled',
]

/**
 * Reads an object's description from the headers of a put or the fields of a form. Nothing is
 * encrypted here; the encryption headers are kept so that what production requires can be tested.
 */
export function describeObject(headers: Record<string, string>): ObjectDescription {
  const kept: Record<string, string> = {}
  for (const name of echoedHeaders) {
    if (headers[name] !== undefined) kept[name] = headerValue(name, headers[name])
  }
  const encoding = (headers['content-encoding'] ?? '')
    .split(',')
    .map(each => each.trim())
    .filter(each => each !== '' && each !== 'aws-chunked')
  if (encoding.length > 0) kept['content-encoding'] = encoding.join(', ')
  return {
    contentType: headerValue('content-type', headers['content-type'] ?? 'binary/octet-stream'),
    headers: kept,
    userMetadata: userMetadata(headers),
    encryption: encryption(headers),
    tags: parseTagHeader(headers['x-amz-tagging']),
  }
}

function userMetadata(headers: Record<string, string>): Record<string, string> {
  const entries = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'))
  const bytes = entries.reduce(
    (sum, [name, value]) => sum + name.length - 'x-amz-meta-'.length + Buffer.byteLength(value),
    0,
  )
  if (bytes > userMetadataBytesMax) {
    throw new S3Error('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed size.')
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, headerValue(name, value)]))
}

function encryption(headers: Record<string, string>): Record<string, string> {
  const algorithm = headers[encryptionHeader] ?? 'AES256'
  if (algorithm !== 'AES256' && algorithm !== 'aws:kms') {
    throw new S3Error('InvalidArgument', 'The encryption method specified is not supported.')
  }
  const given = kmsHeaders.filter(name => headers[name] !== undefined)
  if (algorithm === 'AES256' && given.length > 0) {
    throw new S3Error('InvalidArgument', 'A KMS key goes only with the method aws:kms.')
  }
  const echoed = given.map(name => [name, headerValue(name, headers[name] ?? '')])
  return { [encryptionHeader]: algorithm, ...Object.fromEntries(echoed) }
}

/** A stored value becomes a response header one day: no line break may enter it. */
export function headerValue(name: string, value: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value
  throw new S3Error('InvalidArgument', `${name} holds characters a header cannot carry.`)
}
