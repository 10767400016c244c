import type { IncomingMessage } from 'node:http'
import { Busboy, type BusboyFileStream, type BusboyHeaders } from '@fastify/busboy'
import { formFieldBytesMax, formFieldsMax } from './limits.ts'
import type { FormFields } from './post-policy.ts'
import { S3Error } from './s3-error.ts'

/** The fields that came before the file, and the file as it arrives. */
export type UploadForm = { fields: FormFields; file: AsyncGenerator<Buffer> }

/**
 * Reads a `multipart/form-data` upload up to its file and then streams it. The file's stream ends
 * only when the form ended well: closed by its boundary, nothing after the file, nothing cut short.
 */
export function readUploadForm(message: IncomingMessage): Promise<UploadForm> {
  const fields: FormFields = new Map()
  const ended = Promise.withResolvers<void>()
  const started = Promise.withResolvers<UploadForm>()
  let file: BusboyFileStream | undefined
  let parser: Busboy
  const fail = (error: S3Error): void => {
    message.unpipe(parser)
    started.reject(error)
    ended.reject(error)
    file?.destroy(error)
  }
  try {
    parser = openParser(message)
  } catch (cause) {
    throw Object.assign(malformed('The form has no boundary.'), { cause })
  }
  parser.on('field', (name, value, isNameCut, isValueCut) => {
    const field = name.toLowerCase()
    if (isNameCut || isValueCut) {
      fail(new S3Error('MaxMessageLengthExceeded', 'A form field is too long.'))
    } else if (fields.has(field)) fail(malformed(`The field ${field} is given twice.`))
    else if (file) fail(malformed('The file must be the last field of the form.'))
    else fields.set(field, value)
  })
  parser.on('file', (_name, stream) => {
    file = stream
    // The parser reports a cut form on the part as well, whether or not anybody reads it by then.
    stream.on('error', () => fail(malformed('The form ended within its file.')))
    started.resolve({ fields, file: untilEnd(stream, ended.promise) })
  })
  parser.on('fieldsLimit', () => fail(malformed('The form has too many fields.')))
  parser.on('filesLimit', () => fail(malformed('The form has more than one file.')))
  parser.on('error', () => fail(malformed('The body is not a well-formed form.')))
  parser.on('finish', () => {
    started.reject(malformed('POST requires exactly one file upload per request.'))
    ended.resolve()
  })
  message.once('close', () => {
    if (!message.complete) fail(new S3Error('IncompleteBody', 'The form ended early.'))
  })
  // A refused form rejects both; the one nobody waits for must not look like a bug.
  ended.promise.catch(() => undefined)
  message.pipe(parser)
  return started.promise
}

type Busboy = InstanceType<typeof Busboy>

function openParser(message: IncomingMessage): Busboy {
  return new Busboy({
    headers: message.headers as BusboyHeaders,
    isPartAFile: name => name === 'file',
    limits: { fields: formFieldsMax, fieldSize: formFieldBytesMax, files: 1, headerPairs: 20 },
  })
}

async function* untilEnd(file: BusboyFileStream, ended: Promise<void>): AsyncGenerator<Buffer> {
  for await (const chunk of file.iterator({ destroyOnReturn: false })) yield chunk as Buffer
  await ended
}

function malformed(reason: string): S3Error {
  return new S3Error('MalformedPOSTRequest', reason)
}
