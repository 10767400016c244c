import type { AccessKeys } from './authenticate.ts'
import { algorithmOfHeader } from './checksums.ts'
import { type Connection, replyXml, type Stores } from './exchange.ts'
import { describeObject, type ObjectDescription } from './object-description.ts'
import { assertPolicyAllows, type FormFields } from './post-policy.ts'
import { S3Error } from './s3-error.ts'
import { assertKey, type S3Request } from './s3-request.ts'
import { parseTagging } from './tags.ts'
import { readUploadForm } from './upload-form.ts'
import { verifiedBody } from './verified-body.ts'
import { parseXmlDocument, xmlDocument } from './xml.ts'

export function isFormUpload({ method, bucket, key, headers }: S3Request): boolean {
  const isForm = headers['content-type']?.startsWith('multipart/form-data') ?? false
  return method === 'POST' && bucket !== '' && key === '' && isForm
}

/**
 * Stores the file of a browser's form under a signed policy. The policy is checked before the
 * first byte of the file is kept, its size range while the file streams.
 */
export async function postObject(
  { message, response }: Connection,
  { objects }: Stores,
  { bucket, keys }: { bucket: string; keys: AccessKeys },
): Promise<void> {
  if (message.headers.expect !== undefined) response.writeContinue()
  const { fields, file } = await readUploadForm(message)
  const range = assertPolicyAllows(fields, { bucket, keys, nowMs: Date.now() })
  objects.index(bucket)
  const key = formKey(fields)
  const description = describeForm(fields)
  const status = successStatus(fields)
  const checksum = [...fields].flatMap(([name, value]) => {
    const algorithm = algorithmOfHeader(name)
    return algorithm ? [{ algorithm, value }] : []
  })[0]
  const body = verifiedBody(file, {
    ...range,
    md5Base64: fields.get('content-md5'),
    algorithm: checksum?.algorithm,
    checksum: () => checksum?.value,
  })
  const stored = await objects.put({
    bucket,
    key,
    chunks: body.chunks,
    describe: () => {
      const digest = body.digest()
      const etag = digest.md5.toString('hex')
      return { ...description, etag, checksum: { ...digest.checksum, type: 'FULL_OBJECT' } }
    },
  })
  const etag = `"${stored.etag}"`
  const location = `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`
  const headers = { etag, location, ...stored.encryption }
  if (status !== 201) return void response.writeHead(status, headers).end()
  const answer = { Location: location, Bucket: bucket, Key: key, ETag: etag }
  replyXml(response, 201, xmlDocument('PostResponse', answer), headers)
}

function formKey(fields: FormFields): string {
  const key = fields.get('key') ?? ''
  // A file's own name may name a patient; here it never becomes a key.
  if (key.includes('${filename}')) {
    throw new S3Error('NotImplemented', 'A key is signed whole; ${filename} is not filled in.')
  }
  assertKey(key)
  return key
}

function describeForm(fields: FormFields): ObjectDescription {
  const unserved = ['success_action_redirect', 'redirect', 'x-amz-security-token']
  const found = unserved.find(name => fields.has(name))
  if (found) throw new S3Error('NotImplemented', `The form field ${found} is not served.`)
  const description = describeObject(Object.fromEntries(fields))
  const tagging = fields.get('tagging')
  if (tagging === undefined) return description
  return { ...description, tags: parseTagging(parseXmlDocument(tagging, 'Tagging')) }
}

/** As in S3, an unknown wish is answered with 204. */
function successStatus(fields: FormFields): 200 | 201 | 204 {
  const wished = fields.get('success_action_status')
  return wished === '200' ? 200 : wished === '201' ? 201 : 204
}
