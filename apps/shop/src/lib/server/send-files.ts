import { randomUUID } from 'node:crypto'
import { uploadFilesMax, type UploadType, uploadTypes } from '@janta/contracts'
import type { Api } from './api.ts'

const sendWithinMs = 20_000

/** The photos and PDFs of a form that were chosen; a field left empty sends one without a name and bytes. */
export function filesOf(form: FormData): File[] {
  return ['files', 'photo']
    .flatMap(name => form.getAll(name))
    .filter(one => typeof one !== 'string')
    .filter(({ name, size }) => name !== '' || size > 0)
    .slice(0, uploadFilesMax)
}

/**
 * Sends the files of a form on to the file store, for a customer without a script. Each stands by itself: one that does
 * not arrive is found missing by the check, and said so beside the others.
 */
export async function sendFiles(
  api: Api,
  sessionId: string,
  files: readonly File[],
): Promise<void> {
  for (const file of files) {
    const contentType = uploadTypes.find(type => type === file.type) ?? likelyType
    const upload = await api.requestUpload({
      params: { id: sessionId },
      body: { contentType },
      idempotencyKey: randomUUID(),
    })
    if (file.size > 0 && file.size <= upload.bytesMax) {
      const form = new FormData()
      for (const [name, value] of Object.entries(upload.fields)) form.append(name, value)
      form.append('file', file)
      const signal = AbortSignal.timeout(sendWithinMs)
      await fetch(upload.url, { method: 'POST', body: form, signal })
    }
    await api.finishUpload({ params: { id: upload.id } })
  }
}

// A phone that names a file's type strangely has usually sent a photo; the check looks at the bytes.
const likelyType: UploadType = 'image/jpeg'
